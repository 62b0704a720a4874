package io.flowyml.catalog.cli;

/** Colours, where the terminal takes them. */
record Style(boolean on) {
  /** Column titles and the first line of a record. */
  String title(String text) {
    return wrapped("1", text);
  }

  /** What matters less: field names, ids in a tree. */
  String dim(String text) {
    return wrapped("2", text);
  }

  String good(String text) {
    return wrapped("32", text);
  }

  /** Tombstones, changed and vanished content. */
  String bad(String text) {
    return wrapped("31", text);
  }

  private String wrapped(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
