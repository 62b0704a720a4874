package io.flowyml.catalog.server;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param type {@code CERTIFICATE}, {@code RSA PRIVATE KEY}, ...
 */
@SuppressWarnings("ArrayRecordComponent")
record Pem(String type, byte[] bytes) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** Headers of an encrypted block of the old kind, before its first empty line. */
  private static final Pattern HEADERS = Pattern.compile("(?s).*?:.*?\\R\\R");

  /** The blocks of a text; what stands between them is for people. */
  static List<Pem> blocks(String text) {
    var blocks = new ArrayList<Pem>();
    var found = BLOCK.matcher(text);
    while (found.find()) {
      var body = found.group(2);
      var type = found.group(1);
      if (body.contains("Proc-Type:")) {
        type = "ENCRYPTED " + type;
        body = HEADERS.matcher(body).replaceFirst("");
      }
      blocks.add(new Pem(type, Base64.getMimeDecoder().decode(body)));
    }
    return blocks;
  }
}
