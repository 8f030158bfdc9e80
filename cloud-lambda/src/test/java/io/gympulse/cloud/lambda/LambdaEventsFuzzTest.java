package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.dispatch.DispatchCounters;
import io.gympulse.cloud.dispatch.DispatchHandler;
import io.gympulse.cloud.dispatch.Dispatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whatever a function is called with, it is an event or refused with an [IOException] that says
/// why, and a record that is none of the tables' is given back by its number.
class LambdaEventsFuzzTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private interface Reader<T> {
    T read(InputStream input) throws IOException;
  }

  @FuzzTest
  void events_are_read_or_refused(byte[] input) {
    var _ = read(input, BatchJson::readQueue);
    var _ = read(input, StreamJson::read);
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
    DispatchCounters counters = new DispatchCounters();
    var _ =
        new DispatchHandler(
                new Dispatcher(List.of(), counters),
                new StreamRecords(new Tables("gym-pulse-")),
                () -> NOON,
                counters)
            .handleRequest(event, null);
  }
}
