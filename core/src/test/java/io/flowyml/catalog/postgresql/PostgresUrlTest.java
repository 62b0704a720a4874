package io.flowyml.catalog.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  @Test
  void url_isTakenApart() {
    var url =
        PostgresUrl.parse(
            "postgresql://a%40b:s%2Fe+c@one:5433,two:5432/my%20db?sslmode=require&connections=4&patience=3");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://one:5433,two:5432/my%20db");
    assertThat(url.connections()).isEqualTo(4);
    assertThat(url.patience()).hasSeconds(3);
    assertThat(url.properties())
        .containsEntry("user", "a@b")
        .containsEntry("password", "s/e+c")
        .containsEntry("sslmode", "require");
  }

  @Test
  void password_isShownNowhere() {
    var url = PostgresUrl.parse("postgresql://ann:secret@db/catalog");
    assertThat(url.description()).isEqualTo("PostgreSQL database postgresql://ann@db/catalog");
    assertThat(url.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://db, names no database",
    "postgresql://db/, names no database",
    "postgresql://ann:secret@db/x?sslmod=require, unknown parameter sslmod",
    "postgresql://ann:secret@db/x?connections=1, from 2 to",
    "postgresql://ann:secret@db/x?patience=0, from 1 to",
    "postgresql://ann:secret@db/x?sslmode=%zz, percent",
    "mysql://ann:secret@db/x, is written",
  })
  void whatCannotBeMeant_isRefusedWithoutThePassword(String url, String said) {
    var error = catchThrowableOfType(CatalogException.class, () -> PostgresUrl.parse(url));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error).hasMessageContaining(said).hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://db/x", "jdbc:postgresql://db/x", "postgresql:///x"})
  void otherSpellings_areUnderstood(String url) {
    assertThat(PostgresUrl.parse(url).databaseName()).isEqualTo("x");
  }
}
