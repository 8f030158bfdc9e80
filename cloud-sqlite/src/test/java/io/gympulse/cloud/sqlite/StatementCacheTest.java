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

class StatementCacheTest {
  private static final String ONE = "SELECT 1";

  private Connection connection;
  private StatementCache statements;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    statements = new StatementCache(connection);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void a_statement_is_prepared_once() throws SQLException {
    PreparedStatement first = statements.use(ONE, it -> it);
    assertThat(statements.<PreparedStatement>use(ONE, it -> it)).isSameAs(first);
  }

  @Test
  void a_statement_in_use_is_not_reused() throws SQLException {
    boolean same =
        statements.use(ONE, outer -> statements.<Boolean>use(ONE, inner -> inner == outer));
    assertThat(same).isFalse();
  }

  @Test
  void a_failed_statement_is_closed_and_prepared_again() throws SQLException {
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
    assertThat(statements.<Integer>use(ONE, StatementCacheTest::only)).isEqualTo(1);
  }

  @Test
  void the_least_recently_used_statements_are_closed() throws SQLException {
    PreparedStatement first = statements.use(ONE, it -> it);
    for (int i : IntStream.range(2, 100).toArray()) {
      statements.use("SELECT " + i, StatementCacheTest::only);
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
