package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse.BatchItemFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KinesisJsonTest {
  private static final String RECORD =
      """
      {
        "kinesis": {
          "kinesisSchemaVersion": "1.0",
          "partitionKey": "riverside",
          "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
          "data": "eyJ2ZXJzaW9uIjoxfQ==",
          "approximateArrivalTimestamp": 1607497475.000},
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": "shardId-000000000006:4959033827149025660855969253836157109592157598913658",
        "eventName": "aws:kinesis:record",
        "awsRegion": "us-east-1",
        "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream"}
      """;

  @Test
  void records_are_decoded_and_go_by_their_sequence_number() throws IOException {
    KinesisTimeWindowEvent event = read("{\"Records\": [%s]}".formatted(RECORD));

    assertThat(event.getRecords())
        .singleElement()
        .satisfies(
            it -> {
              KinesisEvent.Record kinesis = it.getKinesis();
              assertThat(kinesis.getSequenceNumber()).startsWith("495903382714902566085596925383");
              assertThat(StandardCharsets.UTF_8.decode(kinesis.getData()).toString())
                  .isEqualTo("{\"version\":1}");
            });
    assertThat(event.getWindow()).isNull();
  }

  @Test
  void a_window_s_state_is_read_as_lambda_delivers_it() throws IOException {
    KinesisTimeWindowEvent event =
        read(
            """
            {
              "Records": [%s],
              "window": {"start": "2020-12-09T07:04:00Z", "end": "2020-12-09T07:06:00Z"},
              "state": {"1": 282, "2": "seven"},
              "shardId": "shardId-000000000006",
              "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream",
              "isFinalInvokeForWindow": true,
              "isWindowTerminatedEarly": false}
            """
                .formatted(RECORD));

    assertThat(event.getRecords()).hasSize(1);
    assertThat(event.getWindow().getStart()).isEqualTo("2020-12-09T07:04:00Z");
    assertThat(event.getState()).isEqualTo(Map.of("1", "282", "2", "seven"));
    assertThat(event.getShardId()).isEqualTo("shardId-000000000006");
    assertThat(event.getIsFinalInvokeForWindow()).isTrue();
    assertThat(event.getIsWindowTerminatedEarly()).isFalse();
  }

  @Test
  void a_window_may_end_with_its_state_alone() throws IOException {
    KinesisTimeWindowEvent event =
        read("{\"window\":{},\"state\":{\"a\":\"b\"},\"isFinalInvokeForWindow\":true}");

    assertThat(event.getRecords()).isEmpty();
    assertThat(event.getState()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void failures_and_state_are_written_as_lambda_expects_them() throws IOException {
    assertThat(
            written(
                new TimeWindowEventResponse(
                    Map.of("key", "value"), List.of(new BatchItemFailure("id-1")))))
        .isEqualTo(
            "{\"state\":{\"key\":\"value\"},\"batchItemFailures\":[{\"itemIdentifier\":\"id-1\"}]}");
  }

  @Test
  void without_a_window_the_response_has_no_state() throws IOException {
    assertThat(written(new TimeWindowEventResponse(null, List.of())))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void an_input_that_is_no_event_of_a_stream_is_rejected() {
    assertThatThrownBy(() -> read("{\"hello\":1}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"Records\":[{\"kinesis\":{\"data\":\"%\"}}]}"))
        .isInstanceOf(IOException.class);
  }

  private static KinesisTimeWindowEvent read(String json) throws IOException {
    return KinesisJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String written(TimeWindowEventResponse response) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    KinesisJson.write(response, written);
    return written.toString(StandardCharsets.UTF_8);
  }
}
