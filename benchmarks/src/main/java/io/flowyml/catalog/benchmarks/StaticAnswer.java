package io.flowyml.catalog.benchmarks;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;

/** Answers every request with the same record: what the server's framework costs by itself. */
public final class StaticAnswer {
  private static final byte[] RECORD =
      """
      {"id":"c00000000-0000-4000-8000-000000000000","project":"default","name":"fraud_churn_12345",\
      "artifact_type":"Model","version":"17","content_hash":"%s","size":1000,"hash_origin":"computed",\
      "uri":"s3://bucket/artifacts/c00000000-0000-4000-8000-000000000000","source_step":"step_1",\
      "source_run_id":"run-0000001","source_pipeline":"pipeline_1","parent_ids":[],\
      "tags":{"team":"fraud","stage":"dev","framework":"sklearn","f1_score":0.93},"metadata":{},\
      "aliases":[],"created_at":"2026-03-03T10:15:00.000000Z","created_by":"ann","seq":4711}\
      """
          .formatted("0123456789abcdef".repeat(4))
          .getBytes(StandardCharsets.UTF_8);

  private StaticAnswer() {}

  public static void main(String[] args) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(args[0]))
        .routing(
            HttpRouting.builder()
                .any(
                    (request, response) ->
                        response.header(HeaderValues.CONTENT_TYPE_JSON).send(RECORD)))
        .build()
        .start();
  }
}
