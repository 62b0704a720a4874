-- MLflow: a new version of a model that there is.
dofile((debug.getinfo(1).source:match("@?(.*/)") or "") .. "summary.lua")
function init(args)
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  return wrk.format("POST", "/api/2.0/mlflow/model-versions/create", nil, string.format(
    '{"name":"model_%d","source":"s3://bucket/artifacts/1","tags":[{"key":"team","value":"fraud"},{"key":"stage","value":"dev"}]}',
    math.random(0, 99)))
end
