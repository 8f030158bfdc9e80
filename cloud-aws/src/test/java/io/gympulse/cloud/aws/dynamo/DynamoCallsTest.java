package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.failsafe.CircuitBreaker;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoCallsTest {
  private static final int ATTEMPTS = 3;
  private static final int FAILURES = 4;
  private static final Map<String, AttributeValue> KEY =
      Map.of("machine", AttributeValue.fromS("bike"));

  private ScriptedEndpoint endpoint;

  @BeforeEach
  void open() throws IOException {
    endpoint = new ScriptedEndpoint();
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private static CallPolicy policy(Duration openFor) {
    return new CallPolicy(
        ATTEMPTS,
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(300),
        FAILURES,
        2 * FAILURES,
        openFor);
  }

  private DynamoCalls calls(Duration openFor) {
    CallPolicy policy = policy(openFor);
    return new DynamoCalls(endpoint.client(policy), policy);
  }

  private static Object get(DynamoCalls calls) {
    return calls.call(client -> client.getItem(it -> it.tableName("table").key(KEY)));
  }

  private static boolean put(DynamoDbClient client) {
    return client.putItem(it -> it.tableName("table").item(KEY)).sdkHttpResponse().isSuccessful();
  }

  private static void fail(DynamoCalls calls) {
    assertThatThrownBy(() -> get(calls)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void throttling_and_server_errors_are_retried() {
    endpoint.answers(ScriptedEndpoint.THROTTLED, ScriptedEndpoint.BROKEN, ScriptedEndpoint.WELL);
    get(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(3);
  }

  @Test
  void a_call_is_given_up_after_the_last_attempt() {
    endpoint.answers(ScriptedEndpoint.THROTTLED);
    fail(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void an_endpoint_that_never_responds_is_given_up() {
    endpoint.answers(ScriptedEndpoint.SILENCE);
    fail(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void an_unreachable_endpoint_is_an_unavailable_store() {
    DynamoCalls calls = calls(Duration.ofMinutes(1));
    endpoint.close();
    fail(calls);
  }

  @Test
  void a_client_error_is_not_retried_and_does_not_open_the_breaker() {
    endpoint.answers(ScriptedEndpoint.DENIED);
    DynamoCalls calls = calls(Duration.ofMinutes(1));
    for (int i = 0; i < 3 * FAILURES; i++) {
      fail(calls);
    }
    assertThat(endpoint.requests()).isEqualTo(3 * FAILURES);
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void an_unmet_condition_is_a_result_and_no_failure() {
    endpoint.answers(ScriptedEndpoint.REFUSED);
    DynamoCalls calls = calls(Duration.ofMinutes(1));
    for (int i = 0; i < 3 * FAILURES; i++) {
      assertThat(calls.callIf(DynamoCallsTest::put)).isFalse();
    }
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void the_breaker_opens_lets_one_call_through_and_closes_when_that_succeeds() {
    DynamoCalls calls = calls(Duration.ofMillis(300));
    endpoint.answers(ScriptedEndpoint.BROKEN);
    for (int i = 0; i < FAILURES; i++) {
      fail(calls);
    }
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.OPEN);
    int requests = endpoint.requests();
    fail(calls);
    assertThat(endpoint.requests()).as("asked while open").isEqualTo(requests);

    // still failing at the next call: at most one call's attempts, then the breaker is open again
    await().until(() -> asks(calls, requests));
    assertThat(endpoint.requests()).isLessThanOrEqualTo(requests + ATTEMPTS);
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.OPEN);

    endpoint.answers(ScriptedEndpoint.WELL);
    await().until(() -> succeeds(calls));
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  private boolean asks(DynamoCalls calls, int requests) {
    fail(calls);
    return endpoint.requests() > requests;
  }

  private static boolean succeeds(DynamoCalls calls) {
    try {
      get(calls);
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void many_callers_do_not_overload_a_failing_service() {
    int callers = 8;
    DynamoCalls calls = calls(Duration.ofMinutes(1));
    endpoint.answers(ScriptedEndpoint.BROKEN);
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < 500; i++) {
        threads.execute(() -> succeeds(calls));
      }
    }
    assertThat(endpoint.requests()).isLessThanOrEqualTo((callers + FAILURES) * ATTEMPTS);
  }

  @Test
  void unprocessed_keys_are_requested_again() {
    endpoint.answers(
        new ScriptedEndpoint.Answer(
            200,
            """
            {"Responses":{"table":[{"machine":{"S":"one"}}]},
             "UnprocessedKeys":{"table":{"Keys":[{"machine":{"S":"two"}}]}}}"""),
        new ScriptedEndpoint.Answer(
            200, "{\"Responses\":{\"table\":[{\"machine\":{\"S\":\"two\"}}]}}"));
    List<Item> items =
        new ItemReader(calls(Duration.ofMinutes(1)))
            .get("table", List.of(Map.of("machine", AttributeValue.fromS("one")), KEY));
    assertThat(items).extracting(it -> it.text("machine")).containsExactly("one", "two");
    assertThat(endpoint.requests()).isEqualTo(2);
  }

  @Test
  void keys_that_are_never_processed_are_an_unavailable_store() {
    endpoint.answers(
        new ScriptedEndpoint.Answer(
            200, "{\"UnprocessedKeys\":{\"table\":{\"Keys\":[{\"machine\":{\"S\":\"bike\"}}]}}}"));
    ItemReader reading = new ItemReader(calls(Duration.ofMinutes(1)));
    assertThatThrownBy(() -> reading.get("table", List.of(KEY)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void repeated_work_rethrows_failures_at_once() {
    AtomicInteger parts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                calls(Duration.ofMinutes(1))
                    .repeat(
                        () -> {
                          parts.incrementAndGet();
                          throw new StoreUnavailableException("scripted", null);
                        }))
        .hasMessage("scripted");
    assertThat(parts).hasValue(1);
  }
}
