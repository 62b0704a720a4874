package io.flowyml.catalog.internal.text;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML as Java's own maps, lists and scalars. It builds no objects of classes named in a text. */
public final class Yaml {
  private Yaml() {}

  /**
   * What is wrong, without the parser's exception, whose message quotes lines: one may hold a key.
   */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads one document.
   *
   * @param repeatedKeys whether a key may stand twice in a map, the last one counting
   */
  public static @Nullable Object parse(String text, boolean repeatedKeys) throws Malformed {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(repeatedKeys).build();
    try {
      return new Load(settings).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      var where =
          e.getProblemMark()
              .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
              .orElse("its end");
      throw new Malformed(e.getProblem() + " at " + where);
    } catch (YamlEngineException e) {
      throw new Malformed("it is no YAML");
    }
  }
}
