package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final String ONE = "SELECT 1";

  private Connection connection;
  private Statements statements;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    statements = new Statements(connection);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void a_text_is_prepared_once() throws SQLException {
    PreparedStatement first = statements.use(ONE, it -> it);
    assertThat(statements.<PreparedStatement>use(ONE, it -> it)).isSameAs(first);
  }

  @Test
  void one_in_use_is_not_handed_out_again() throws SQLException {
    boolean same =
        statements.use(ONE, outer -> statements.<Boolean>use(ONE, inner -> inner == outer));
    assertThat(same).isFalse();
  }

  @Test
  void one_that_failed_is_closed_and_prepared_anew() throws SQLException {
    PreparedStatement[] failed = new PreparedStatement[1];
    assertThatThrownBy(
            () ->
                statements.use(
                    ONE,
                    it -> {
                      failed[0] = it;
                      throw new SQLException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(failed[0].isClosed()).isTrue();
    assertThat(statements.<Integer>use(ONE, StatementsTest::only)).isEqualTo(1);
  }

  @Test
  void those_that_were_not_used_for_long_are_closed() throws SQLException {
    PreparedStatement first = statements.use(ONE, it -> it);
    for (int i : IntStream.range(2, 100).toArray()) {
      statements.use("SELECT " + i, StatementsTest::only);
    }
    assertThat(first.isClosed()).isTrue();
  }

  private static int only(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
