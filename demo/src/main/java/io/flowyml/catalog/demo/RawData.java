package io.flowyml.catalog.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data set that ships with the demo: {@code wine.data} of the UCI repository, byte for byte.
 */
final class RawData {
  static final String TITLE = "Wine (S. Aeberhard, M. Forina)";
  static final String SOURCE = "https://doi.org/10.24432/C5PC7J";
  static final String LICENCE = "CC BY 4.0";
  static final String SHA_256 = "6be6b1203f3d51df0b553a70e57b8a723cd405683958204f96d23d7cd6aea659";

  private static final String RESOURCE = "wine.data";

  private RawData() {}

  static void copyTo(Path file) throws IOException {
    try (InputStream in = RawData.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(RESOURCE + " is not in this build; build it again");
      }
      Files.copy(in, file);
    }
  }
}
