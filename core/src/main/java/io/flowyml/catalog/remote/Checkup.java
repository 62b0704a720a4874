package io.flowyml.catalog.remote;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.internal.json.KeyJson;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at a server from where its client is: what answers, how fast, by which key and clock. */
final class Checkup {
  private static final Duration SOON = Duration.ofDays(7);

  /** A header tells the time in seconds, and an answer takes a moment; what is above is a fault. */
  private static final Duration CLOCKS = Duration.ofSeconds(30);

  private final Server server;
  private final Scope scope;
  private final List<Finding> findings = new ArrayList<>();

  Checkup(Server server, Scope scope) {
    this.server = server;
    this.scope = scope;
  }

  /** Fails with {@code unreachable} where nothing answers; all else is a finding. */
  List<Finding> run() {
    var greeting = server.greet();
    var document = new Fields(greeting.document(), "the answer");
    add(
        false,
        "%s %s answers in %d ms"
            .formatted(
                document.text("service"),
                document.text("version"),
                Math.max(1, greeting.took().toMillis())));
    asked("it is ready", () -> server.ready(document.text("openapi")));
    asked(null, this::key);
    clock(greeting);
    return findings;
  }

  private interface Question {
    void ask();
  }

  /**
   * @param good what it means when the question is answered; {@code null} where it says so itself
   */
  private void asked(@Nullable String good, Question question) {
    try {
      question.ask();
      if (good != null) {
        add(false, good);
      }
    } catch (CatalogException e) {
      add(true, "%s (%s)".formatted(e.getMessage(), e.code().code()));
    }
  }

  private void key() {
    var key = ownKey(server, scope);
    add(false, key == null ? "it asks for no key" : described(key));
  }

  static @Nullable ApiKey ownKey(Server server, Scope scope) {
    var json = server.send(Ask.get(scope, "key")).json();
    return json.containsKey("key")
        ? KeyJson.fromMap(new Fields(json, "the answer").object("key"))
        : null;
  }

  private static String described(ApiKey key) {
    var text =
        "the key is %s, a %s's, for %s"
            .formatted(
                key.name(),
                key.role().name().toLowerCase(Locale.ROOT),
                key.projects().isEmpty() ? "all projects" : String.join(", ", key.projects()));
    if (key.expiresAt() == null) {
      return text;
    }
    boolean soon = key.expiresAt().isBefore(Instant.now().plus(SOON));
    return text
        + ", until "
        + JsonTime.text(key.expiresAt())
        + (soon ? ", which is soon: ask for a new one" : "");
  }

  private void clock(Server.Greeting greeting) {
    var theirs = greeting.date();
    if (theirs == null) {
      return;
    }
    var difference = Duration.between(greeting.at(), theirs);
    boolean wrong = difference.abs().compareTo(CLOCKS) > 0;
    add(
        wrong,
        wrong
            ? "its clock is %d seconds %s this machine's, and times in questions are by its clock; set both by NTP"
                .formatted(
                    difference.abs().toSeconds(), difference.isNegative() ? "behind" : "ahead of")
            : "its clock and this machine's agree");
  }

  private void add(boolean problem, String text) {
    findings.add(new Finding(problem, text));
  }
}
