package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.spi.HistoryOf;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty catalog before each test, and words that the tests share. */
abstract class Contract {
  /** Who acts in the tests. */
  static final String ACTOR = "ann";

  ArtifactCatalog catalog;

  abstract CatalogContract contract();

  @BeforeEach
  void openCatalog() {
    catalog = another();
  }

  @AfterEach
  void closeCatalog() {
    try {
      assertThat(contract().contradictions(catalog.backend())).isEmpty();
    } finally {
      catalog.close();
    }
  }

  /** One more catalog with nothing in it; the test closes it. */
  final ArtifactCatalog another() {
    return ArtifactCatalog.open(contract().open()).actor(ACTOR);
  }

  static Registration model(String name) {
    return Registration.artifact(name, "Model");
  }

  static Registration dataset(String name) {
    return Registration.artifact(name, "Dataset");
  }

  /** The error that a call is refused with. */
  static CatalogException refused(ErrorCode code, ThrowingCallable call) {
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(error).as("a refusal with %s", code.code()).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error.getMessage()).isNotBlank();
    return error;
  }

  /** The error that an item of a batch was refused with. */
  static CatalogException error(Outcome outcome) {
    assertThat(outcome.status()).isEqualTo(Outcome.Status.REFUSED);
    return Objects.requireNonNull(outcome.error());
  }

  static List<String> ids(Iterable<Artifact> artifacts) {
    var ids = new ArrayList<String>();
    artifacts.forEach(a -> ids.add(a.id()));
    return ids;
  }

  static List<String> names(Iterable<Artifact> artifacts) {
    var names = new ArrayList<String>();
    artifacts.forEach(a -> names.add(a.name()));
    return names;
  }

  List<Event> feed() {
    return history(new HistoryOf.Project());
  }

  /** All of a history, page by page. */
  List<Event> history(HistoryOf of) {
    var events = new ArrayList<Event>();
    Page<Event> page = catalog.history(of, Limits.PAGE, null);
    events.addAll(page.items());
    while (page.nextCursor() != null) {
      page = catalog.history(of, Limits.PAGE, page.nextCursor());
      events.addAll(page.items());
    }
    return events;
  }

  List<Event> history(String reference) {
    return history(new HistoryOf.OneArtifact(reference));
  }

  static List<Event.Kind> kinds(List<Event> events) {
    return events.stream().map(Event::kind).toList();
  }

  static String exported(ArtifactCatalog catalog) {
    var text = new StringBuilder();
    catalog.export(text);
    return text.toString();
  }

  static List<Outcome> imported(ArtifactCatalog catalog, String lines) {
    var outcomes = new ArrayList<Outcome>();
    catalog.importLines(new BufferedReader(new StringReader(lines)), outcomes::add);
    return outcomes;
  }

  /** Takes in one record by the rules of a tolerant door. */
  Artifact tolerated(String record) {
    var outcomes = imported(catalog, record);
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst().orThrow();
  }
}
