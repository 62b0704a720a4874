"""Makes models and versions on an MLflow server, and prints the path of each version: URL MODELS VERSIONS."""

import json
import sys
import urllib.request

url, models, versions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def post(verb, body):
    request = urllib.request.Request(
        f"{url}/api/2.0/mlflow/{verb}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).read()


for model in range(models):
    post("registered-models/create", {"name": f"model_{model}"})
    for version in range(1, versions + 1):
        post("model-versions/create", {"name": f"model_{model}", "source": "s3://bucket/artifacts/1"})
        print(f"/api/2.0/mlflow/model-versions/get?name=model_{model}&version={version}")
