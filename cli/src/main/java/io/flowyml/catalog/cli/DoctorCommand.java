package io.flowyml.catalog.cli;

import io.flowyml.catalog.BackendChoice;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.sql.SqlCatalogBackend;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class DoctorCommand extends Subcommand {

  DoctorCommand(RootCommand root) {
    super(root, "doctor", "Say which catalog is used and why, and what is wrong with it.");
    description(
        "Looks at everything in the catalog and changes nothing. Of a server it says which version",
        "answers, what the key is good for, and whether the clocks agree. A problem makes the exit",
        "code 5.");
    examples("  flowyml-catalog doctor", "  flowyml-catalog doctor -o json");
  }

  @Override
  void run() {
    var choice = root().choice();
    try (var catalog = existing()) {
      var findings =
          switch (catalog.backend()) {
            case SqlCatalogBackend here -> here.diagnose();
            case RemoteCatalogBackend there ->
                there.diagnose(new Scope(catalog.project(), root().actor()));
            default -> throw new IllegalStateException(catalog.backend().describe());
          };
      answer(choice, findings);
      refuseProblems(choice, findings);
    }
  }

  private void answer(BackendChoice choice, List<Finding> findings) {
    switch (answers().format()) {
      case TABLE -> {
        answers().line("catalog  " + choice);
        if (choice.kind() == BackendChoice.Kind.ENDPOINT) {
          answers().line("key      " + (choice.keyRule() == null ? "none" : choice.keyRule()));
        }
        for (var finding : findings) {
          var style = answers().style();
          var label = finding.problem() ? style.bad("problem  ") : style.good("ok       ");
          out().line(label + Text.oneLine(finding.text()));
        }
      }
      case JSON -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("catalog", choice.location());
        map.put("rule", choice.rule());
        if (choice.keyRule() != null) {
          map.put("key_rule", choice.keyRule());
        }
        map.put("findings", findings.stream().map(DoctorCommand::finding).toList());
        answers().json(map);
      }
      case IDS, CSV -> throw answers().unfit("doctor");
    }
  }

  private static Map<String, Object> finding(Finding finding) {
    var map = new LinkedHashMap<String, Object>();
    map.put("problem", finding.problem());
    map.put("text", finding.text());
    return map;
  }

  private static void refuseProblems(BackendChoice choice, List<Finding> findings) {
    long problems = findings.stream().filter(Finding::problem).count();
    if (problems > 0) {
      throw new CatalogException(
          ErrorCode.STORAGE,
          "%s: %d %s found, listed above"
              .formatted(
                  choice.location(), problems, problems == 1 ? "problem was" : "problems were"));
    }
  }
}
