package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;

/**
 * The living documents by what the index has no terms for, and their rows tell: ids, contents,
 * times, children.
 */
sealed interface RowSets permits PresentSets, PastSets {
  /**
   * @param op {@link Op#MATCH} or {@link Op#EXACT}
   */
  DocSet withId(Op op, Operand.Text id);

  /**
   * @param op {@link Op#MATCH} or {@link Op#EXACT}
   */
  DocSet withHash(Op op, Operand.Text hash);

  DocSet withUri(Query.Compare compare);

  /**
   * @param range within one day
   */
  DocSet created(TimeRange range);

  DocSet withChildren();

  /** Those whose content an older one has. */
  DocSet duplicates();

  /** The oldest of each content that newer ones have too. */
  DocSet withDuplicates();

  boolean hasChildren(long doc);

  boolean hasNewerTwin(long doc, String hash);
}
