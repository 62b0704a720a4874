package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.ApiKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a web page on another server, and a key that asks too often, run into. */
class GuardTest {
  private static final String BODY = "{\"id\":\"m\",\"name\":\"m\",\"artifact_type\":\"T\"}";

  private Served served;

  @BeforeEach
  void serve() {
    served = new Served();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private String post(String headers) {
    return RawHttp.exchange(
        served.server().port(),
        "POST /artifacts HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(BODY.length(), headers, BODY));
  }

  @Test
  void foreignHostOrOrigin_isRefused() {
    var port = served.server().port();
    var json = "Content-Type: application/json\r\n";
    for (var headers :
        List.of(
            "Host: evil.example\r\n",
            "Host: evil.example:" + port + "\r\n",
            "Host: 127.0.0.1.evil.example\r\n",
            "Host: localhost:%d\r\nOrigin: https://evil.example\r\n".formatted(port),
            "Host: localhost:%d\r\nOrigin: null\r\n".formatted(port),
            "Host: localhost:%d\r\nOrigin: http://localhost:1\r\n".formatted(port))) {
      assertThat(post(headers + json)).as(headers).startsWith("HTTP/1.1 403");
    }
    for (var type :
        List.of(
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b")) {
      var form = "Host: localhost\r\nContent-Type: " + type + "\r\n";
      assertThat(post(form)).as(form).startsWith("HTTP/1.1 415");
    }
    assertThat(post("Host: localhost\r\n")).as("no type").startsWith("HTTP/1.1 415");
    assertThat(served.get("artifacts/m").statusCode()).isEqualTo(404);
    for (var headers :
        List.of(
            "Host: localhost\r\n",
            "Host: LOCALHOST:%d\r\n".formatted(port),
            "Host: [::1]:%d\r\n".formatted(port),
            "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n".formatted(port, port))) {
      assertThat(post(headers + json)).as(headers).startsWith("HTTP/1.1 20");
    }
  }

  @Test
  void keyThatAsksTooOften_isAnsweredBy429_andOthersAreNot() {
    var few =
        new ServerLimits(
            5, 10, 10, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (var strict = new Served(few)) {
      var desk = new KeyDesk(strict.backend());
      var greedy = desk.issue("greedy", ApiKey.Role.READER, List.of(), null, "test").text();
      var other = desk.issue("other", ApiKey.Role.READER, List.of(), null, "test").text();
      var answer = stats(strict, greedy);
      for (int i = 0; answer.statusCode() == 200; i++) {
        assertThat(i).as("requests that were let in").isLessThan(1_000);
        answer = stats(strict, greedy);
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(Served.json(answer)).containsEntry("code", "rate_limited");
      assertThat(stats(strict, other).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> stats(Served served, String key) {
    return served.send(served.request("stats").header("Authorization", "Bearer " + key));
  }

  @Test
  void rate_isPerKey_andComesBackWithTime() {
    var now = new AtomicLong();
    var rates = new Rates(2, now::get);
    rates.take("a");
    rates.take("a");
    assertThatThrownBy(() -> rates.take("a"))
        .isInstanceOfSatisfying(
            CatalogException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED));
    rates.take("b");
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    rates.take("a");
    assertThatThrownBy(() -> rates.take("a")).hasMessageContaining("more than 2 times a second");
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    rates.take("a");
    rates.take("a");
    assertThatThrownBy(() -> rates.take("a")).isInstanceOf(CatalogException.class);
  }
}
