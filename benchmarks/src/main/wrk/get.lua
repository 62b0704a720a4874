-- Paths in random order. Arguments: a file with one a line.
dofile((debug.getinfo(1).source:match("@?(.*/)") or "") .. "summary.lua")
local requests = {}
function init(args)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  math.randomseed(1)
end
function request()
  return requests[math.random(#requests)]
end
