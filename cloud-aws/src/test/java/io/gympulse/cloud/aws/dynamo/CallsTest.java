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

class CallsTest {
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

  private Calls calls(Duration openFor) {
    CallPolicy policy = policy(openFor);
    return new Calls(endpoint.client(policy), policy);
  }

  private static Object get(Calls calls) {
    return calls.call(client -> client.getItem(it -> it.tableName("table").key(KEY)));
  }

  private static boolean put(DynamoDbClient client) {
    return client.putItem(it -> it.tableName("table").item(KEY)).sdkHttpResponse().isSuccessful();
  }

  private static void fail(Calls calls) {
    assertThatThrownBy(() -> get(calls)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void throttling_and_errors_of_the_service_are_retried() {
    endpoint.answers(ScriptedEndpoint.THROTTLED, ScriptedEndpoint.BROKEN, ScriptedEndpoint.WELL);
    get(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(3);
  }

  @Test
  void what_fails_again_and_again_is_given_up_after_the_last_attempt() {
    endpoint.answers(ScriptedEndpoint.THROTTLED);
    fail(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void an_endpoint_that_never_answers_is_given_up() {
    endpoint.answers(ScriptedEndpoint.SILENCE);
    fail(calls(Duration.ofMinutes(1)));
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void an_endpoint_that_is_not_there_is_an_unavailable_store() {
    Calls calls = calls(Duration.ofMinutes(1));
    endpoint.close();
    fail(calls);
  }

  @Test
  void what_is_not_allowed_is_not_retried_and_does_not_open_the_breaker() {
    endpoint.answers(ScriptedEndpoint.DENIED);
    Calls calls = calls(Duration.ofMinutes(1));
    for (int i = 0; i < 3 * FAILURES; i++) {
      fail(calls);
    }
    assertThat(endpoint.requests()).isEqualTo(3 * FAILURES);
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void a_condition_that_does_not_hold_is_an_answer_and_no_failure() {
    endpoint.answers(ScriptedEndpoint.REFUSED);
    Calls calls = calls(Duration.ofMinutes(1));
    for (int i = 0; i < 3 * FAILURES; i++) {
      assertThat(calls.callIf(CallsTest::put)).isFalse();
    }
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void the_breaker_opens_lets_one_call_through_and_closes_when_that_succeeds() {
    Calls calls = calls(Duration.ofMillis(300));
    endpoint.answers(ScriptedEndpoint.BROKEN);
    for (int i = 0; i < FAILURES; i++) {
      fail(calls);
    }
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.OPEN);
    int requests = endpoint.requests();
    fail(calls);
    assertThat(endpoint.requests()).as("asked while open").isEqualTo(requests);

    // still broken when it looks again: one call's attempts at most, and open once more
    await().until(() -> asks(calls, requests));
    assertThat(endpoint.requests()).isLessThanOrEqualTo(requests + ATTEMPTS);
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.OPEN);

    endpoint.answers(ScriptedEndpoint.WELL);
    await().until(() -> succeeds(calls));
    assertThat(calls.state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  private boolean asks(Calls calls, int requests) {
    fail(calls);
    return endpoint.requests() > requests;
  }

  private static boolean succeeds(Calls calls) {
    try {
      get(calls);
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void many_callers_make_no_storm_of_calls_upon_a_broken_service() {
    int callers = 8;
    Calls calls = calls(Duration.ofMinutes(1));
    endpoint.answers(ScriptedEndpoint.BROKEN);
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < 500; i++) {
        threads.execute(() -> succeeds(calls));
      }
    }
    assertThat(endpoint.requests()).isLessThanOrEqualTo((callers + FAILURES) * ATTEMPTS);
  }

  @Test
  void keys_that_were_not_processed_are_asked_for_again() {
    endpoint.answers(
        new ScriptedEndpoint.Answer(
            200,
            """
            {"Responses":{"table":[{"machine":{"S":"one"}}]},
             "UnprocessedKeys":{"table":{"Keys":[{"machine":{"S":"two"}}]}}}"""),
        new ScriptedEndpoint.Answer(
            200, "{\"Responses\":{\"table\":[{\"machine\":{\"S\":\"two\"}}]}}"));
    List<Item> items =
        new Reading(calls(Duration.ofMinutes(1)))
            .get("table", List.of(Map.of("machine", AttributeValue.fromS("one")), KEY));
    assertThat(items).extracting(it -> it.text("machine")).containsExactly("one", "two");
    assertThat(endpoint.requests()).isEqualTo(2);
  }

  @Test
  void keys_that_are_never_processed_are_an_unavailable_store() {
    endpoint.answers(
        new ScriptedEndpoint.Answer(
            200, "{\"UnprocessedKeys\":{\"table\":{\"Keys\":[{\"machine\":{\"S\":\"bike\"}}]}}}"));
    Reading reading = new Reading(calls(Duration.ofMinutes(1)));
    assertThatThrownBy(() -> reading.get("table", List.of(KEY)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(endpoint.requests()).isEqualTo(ATTEMPTS);
  }

  @Test
  void work_that_is_repeated_passes_failures_on_at_once() {
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
