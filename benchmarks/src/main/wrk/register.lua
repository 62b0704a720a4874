-- A new artifact each time: a name out of 30,000, content, four tags. Arguments: the path.
dofile((debug.getinfo(1).source:match("@?(.*/)") or "") .. "summary.lua")
local words = { "fraud", "churn", "credit", "vision", "speech", "ranking", "pricing", "demand", "click", "risk" }
local types = { "Dataset", "Model", "Metrics", "FeatureSet", "Report" }
local teams = { "fraud", "growth", "search", "ads", "core", "vision" }
local stages = { "dev", "staging", "production" }
local path, run, made
function init(args)
  path, run, made = args[1], os.time(), 0 -- no two runs make the same
  math.randomseed(run)
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  made = made + 1
  local name = math.floor(math.random() ^ 3 * 30000)
  return wrk.format("POST", path, nil, string.format(
    '{"name":"%s_%d","artifact_type":"%s","content_hash":"%032x%032x","size":%d,"hash_origin":"computed",'
      .. '"uri":"s3://bucket/artifacts/%d-%d","source_pipeline":"pipeline_%d","source_step":"step_%d","source_run_id":"run-%d-%d",'
      .. '"tags":{"team":"%s","stage":"%s","framework":"sklearn","f1_score":0.%04d}}',
    words[name % 10 + 1], name, types[math.random(5)], run, made, 1000 + made, run, made, math.random(200), math.random(12),
    run, math.floor(made / 6), teams[math.random(6)], stages[math.random(3)], math.random(9999)))
end
