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
 *
 * <p>An export of what happened after an event has no artifacts of their own, but what each event
 * left behind:
 *
 * <pre>
 * {"_export":{"format":1,"project":"default","artifacts":1,"events":2,"after":1}}
 * {"_event":{"seq":2,"kind":"tagged","artifact_id":"a1","changes":{...},...},"_record":{"tags":{...}}}
 * {"_end":{"events":1}}
 * </pre>
 */
final class ExportLine {
  static final long FORMAT = 1;

  static final String HEADER = "_export";
  static final String STORED = "_stored";
  static final String PAST = "_past";
  static final String EVENT = "_event";
  static final String END = "_end";
  static final String RECORD = "_record";

  /** In a header: the event that the export goes on from. */
  static final String AFTER = "after";

  /** In a header: nothing is to be changed, only said what would be. */
  static final String DRY_RUN = "dry_run";

  /** In a header: which transfer in parts the lines belong to. */
  static final String TRANSFER = "transfer";

  /** In a header: how many lines of the transfer came before. */
  static final String LINES = "lines";

  /** In an event's detail: when, and by whom, it happened in the catalog that it came from. */
  static final String MOVED = "moved";

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
