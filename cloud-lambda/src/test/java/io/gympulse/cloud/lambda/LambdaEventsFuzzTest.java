package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DispatchHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Any input of a function is an event or rejected with an [IOException] that says
/// why, and a record of another table is returned by its number.
class LambdaEventsFuzzTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private interface Reader<T> {
    T read(InputStream input) throws IOException;
  }

  @FuzzTest
  void events_are_read_or_refused(byte[] input) {
    var _ = read(input, SqsJson::read);
    var _ = read(input, KinesisJson::read);
    var _ = read(input, HttpApiJson::read);
    var _ = read(input, WebSocketApiJson::read);
    read(input, TableStreamJson::read).ifPresent(LambdaEventsFuzzTest::dispatch);
  }

  private static <T> Optional<T> read(byte[] input, Reader<T> reader) {
    try {
      return Optional.of(reader.read(new ByteArrayInputStream(input)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void dispatch(DynamodbEvent event) {
    ConsumerCounters counters = new ConsumerCounters();
    var _ =
        new DispatchHandler(
                List.of(), new StreamRecords(new Tables("gym-pulse-")), () -> NOON, counters)
            .handleRequest(event, null);
  }
}
