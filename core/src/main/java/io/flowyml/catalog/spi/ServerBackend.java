package io.flowyml.catalog.spi;

import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backend that a server can put on the net: it also takes what FlowyML's client sends, by the
 * tolerant rules, which are beside those of the facade, and keeps the keys of clients.
 *
 * @since 0.1
 */
public interface ServerBackend extends CatalogBackend {

  /**
   * Registers one item by the tolerant rules: its parents are ids, an unknown one stays unresolved;
   * a version that the name has already gives way to the next whole number; names, types, ids and
   * values may be anything that holds neither NUL nor lone surrogates, NaN included. Only an id
   * that is taken is refused, with {@code id_exists} or {@code deleted}.
   *
   * @param scope on whose behalf
   * @param item its content is a digest or absent
   * @param createdAt when it was made elsewhere; {@code null} for now
   * @return what became of it
   */
  Outcome registerTolerant(Scope scope, Registration item, @Nullable Instant createdAt);

  /**
   * Sets tags by the tolerant rules: any values, any number. Fails with {@code not_found} or {@code
   * deleted}.
   *
   * @param scope on whose behalf
   * @param id of the artifact; no other reference counts
   * @param tags JSON-like values by key
   * @return what it left behind
   */
  Changed tagTolerant(Scope scope, String id, Map<String, @Nullable Object> tags);

  /**
   * The keys that clients come with.
   *
   * @return the keys of all projects
   */
  KeyRing keys();
}
