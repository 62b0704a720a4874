package io.flowyml.catalog.internal.sql;

/**
 * The lines of an export, JSON objects all. A header, then each artifact in creation order as its
 * record, with what the record does not show under {@link #STORED}, and behind it what it was
 * before; then the events, then an end that shows that nothing is missing:
 *
 * <pre>
 * {"_export":{"format":1,"project":"default","artifacts":1,"events":2}}
 * {"id":"a1","project":"default","name":"model",...,"_stored":{"doc":1,"since":1,"tags_since":2}}
 * {"_past":{"doc":1,"part":"tags","from":1,"to":2,"value":{"stage":"staging"}}}
 * {"_event":{"seq":1,"at":"2026-03-03T10:15:30.123456Z","actor":"ann","kind":"registered","doc":1}}
 * {"_event":{"seq":2,"at":"2026-03-03T10:15:31.000000Z","actor":"ann","kind":"tagged","doc":1}}
 * {"_end":{"artifacts":1,"events":2}}
 * </pre>
 */
final class ExportLine {
  static final long FORMAT = 1;

  static final String HEADER = "_export";
  static final String STORED = "_stored";
  static final String PAST = "_past";
  static final String EVENT = "_event";
  static final String END = "_end";

  /** What a line under {@link #PAST} tells of. */
  enum Part {
    IDENTITY,
    TAGS,
    METADATA,
    DELETION,
    PARENT,
    ALIAS
  }

  private ExportLine() {}
}
