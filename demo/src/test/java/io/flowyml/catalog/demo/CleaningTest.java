package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleaningTest {
  private static final String GOOD =
      "1,14.23,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065";

  @TempDir Path folder;

  @Test
  void rawData_isTheFileThatTheRepositoryDistributes() throws Exception {
    var file = folder.resolve("raw.csv");
    RawData.copyTo(file);

    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));

    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(RawData.SHA_256);
  }

  @Test
  void rawData_hasTheKnownWinesOfEachCultivar() throws Exception {
    var cleaning = Cleaning.of(rawLines());

    assertThat(cleaning.wines()).hasSize(178);
    assertThat(
            cleaning.wines().stream()
                .collect(Collectors.groupingBy(Wine::cultivar, Collectors.counting())))
        .containsOnly(entry("cultivar_1", 59L), entry("cultivar_2", 71L), entry("cultivar_3", 48L));
    assertThat(cleaning.rejected()).isEmpty();
    assertThat(cleaning.duplicates()).isEmpty();
  }

  @Test
  void rawData_hasOneValueWithRoundingNoise() throws Exception {
    assertThat(Cleaning.of(rawLines()).repairs())
        .hasToString("[line 172: color_intensity 9.899999 -> 9.9]");
  }

  @Test
  void of_givesEveryValueItsColumn() {
    var wine = Cleaning.of(List.of(GOOD)).wines().getFirst();

    assertThat(wine.number()).isEqualTo(1);
    assertThat(wine.cultivar()).isEqualTo("cultivar_1");
    assertThat(wine.value(Measurement.ALCOHOL)).isEqualTo(14.23);
    assertThat(wine.value(Measurement.NONFLAVANOID_PHENOLS)).isEqualTo(0.28);
    assertThat(wine.value(Measurement.PROLINE)).isEqualTo(1065);
  }

  @Test
  void of_dropsALineThatRepeatsAnEarlierOneInOtherDigits() {
    var cleaning = Cleaning.of(List.of(GOOD, "", GOOD.replace(",.28,", ",0.2800,")));

    assertThat(cleaning.wines()).hasSize(1);
    assertThat(cleaning.duplicates()).hasToString("[line 3: repeats line 1]");
  }

  @Test
  void of_keepsTheSameMeasurementsOfAnotherCultivar() {
    assertThat(Cleaning.of(List.of(GOOD, "2" + GOOD.substring(1))).wines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,14.23                          | 2 columns, not 14
          4,14.23,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065 | cultivar "4", not 1, 2 or 3
          1,many,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065  | alcohol "many", not a number
          1,,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065      | alcohol "", not a number
          1,NaN,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065   | alcohol "NaN", not a number
          1,1423,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065  | alcohol 1423, outside 8 to 18
          1,1e999999999,1.71,2.43,15.6,127,2.8,3.06,.28,2.29,5.64,1.04,3.92,1065 | alcohol 1e999999999, outside 8 to 18
          """)
  void of_rejectsWhatIsNoWineAndSaysWhy(String line, String reason) {
    var cleaning = Cleaning.of(List.of(GOOD, line));

    assertThat(cleaning.wines()).hasSize(1);
    assertThat(cleaning.rejected()).hasToString("[line 2: " + reason + "]");
  }

  @Test
  void cleanFile_readsBackAsWritten() throws Exception {
    var wines = Cleaning.of(rawLines()).wines();
    var file = folder.resolve("clean.csv");

    CleanFile.write(wines, file);

    assertThat(CleanFile.read(file)).isEqualTo(wines);
    assertThat(Files.readAllLines(file))
        .startsWith(
            "wine,cultivar,alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,"
                + "flavanoids,nonflavanoid_phenols,proanthocyanins,color_intensity,hue,od280_od315,proline",
            "1,cultivar_1,14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065");
  }

  private List<String> rawLines() throws Exception {
    var file = folder.resolve("wine.data");
    RawData.copyTo(file);
    return Files.readAllLines(file);
  }
}
