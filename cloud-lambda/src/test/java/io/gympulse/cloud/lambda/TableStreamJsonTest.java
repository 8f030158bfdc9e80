package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableStreamJsonTest {
  private static final String ARN =
      "arn:aws:dynamodb:us-west-2:111122223333:table/TestTable/stream/2015-05-11T21:21:33.291";

  /// As in AWS's documentation, with an attribute of each kind that is read and one that is not.
  private static final String EVENT =
      """
      {"Records": [
        {"eventID": "1", "eventName": "INSERT", "eventVersion": "1.0",
         "eventSource": "aws:dynamodb", "awsRegion": "us-west-2",
         "dynamodb": {
           "ApproximateCreationDateTime": 1777636800.5,
           "Keys": {"Id": {"N": "101"}},
           "NewImage": {"Message": {"S": "New item!"}, "Id": {"N": "101"},
             "Done": {"BOOL": true}, "Other": {"L": []}},
           "SequenceNumber": "4421584500000000017450439091",
           "SizeBytes": 26, "StreamViewType": "NEW_AND_OLD_IMAGES"},
         "eventSourceARN": "%1$s"},
        {"eventID": "2", "eventName": "REMOVE", "eventVersion": "1.0",
         "eventSource": "aws:dynamodb", "awsRegion": "us-west-2",
         "dynamodb": {
           "Keys": {"Id": {"N": "101"}},
           "OldImage": {"Id": {"N": "101"}},
           "SequenceNumber": "222", "SizeBytes": 38, "StreamViewType": "NEW_AND_OLD_IMAGES"},
         "eventSourceARN": "%1$s"}]}
      """
          .formatted(ARN);

  @Test
  void records_are_read_as_lambda_delivers_them() throws IOException {
    List<DynamodbStreamRecord> records = TableStreamJson.read(text(EVENT)).getRecords();

    assertThat(records).hasSize(2).allMatch(it -> it.getEventSourceARN().equals(ARN));
    var inserted = records.getFirst().getDynamodb();
    assertThat(inserted.getSequenceNumber()).isEqualTo("4421584500000000017450439091");
    assertThat(inserted.getApproximateCreationDateTime().toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_777_636_800_500L));
    assertThat(inserted.getOldImage()).isEmpty();
    assertThat(inserted.getNewImage())
        .isEqualTo(
            Map.of(
                "Message", new AttributeValue("New item!"),
                "Id", new AttributeValue().withN("101"),
                "Done", new AttributeValue().withBOOL(true)));
    var removed = records.getLast().getDynamodb();
    assertThat(removed.getOldImage()).containsOnlyKeys("Id");
    assertThat(removed.getNewImage()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Records\"|\"Other\"|Records is missing",
        "\"SequenceNumber\"|\"Other\"|SequenceNumber is missing",
        "\"eventSourceARN\"|\"Other\"|eventSourceARN is missing",
        "\"StreamViewType\": \"NEW_AND_OLD_IMAGES\"|\"StreamViewType\": \"KEYS_ONLY\"|KEYS_ONLY"
      })
  void an_input_that_is_no_batch_of_changes_is_rejected_with_its_reason(
      String part, String instead, String reason) {
    assertThatThrownBy(() -> TableStreamJson.read(text(EVENT.replace(part, instead))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("this is no batch of a table's stream: ")
        .hasMessageContaining(reason);
  }

  @Test
  void the_first_failure_is_named_as_lambda_expects_it() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    TableStreamJson.write(new StreamsEventResponse(List.of(new BatchItemFailure("222"))), written);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"222\"}]}");
  }

  private static ByteArrayInputStream text(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
