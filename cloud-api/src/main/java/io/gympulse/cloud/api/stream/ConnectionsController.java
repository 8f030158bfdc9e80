package io.gympulse.cloud.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.core.alert.UserId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `POST /@connections/users/{user}`: the cloud on this machine sends a frame, a JSON object of at
/// most 16,384 characters, to the member's open pages, as by API Gateway's `@connections` endpoint.
/// Responds `{"taken": n}`, the connections whose network took it within two seconds; 401 without
/// the [token][ConnectionsToken].
@Controller("/@connections/users")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConnectionsController {
  private static final int MAX_CHARS = 16_384;
  private static final int SEND_TIMEOUT_SECONDS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StreamBroadcaster broadcaster;
  private final ConnectionsToken token;

  ConnectionsController(StreamBroadcaster broadcaster, ConnectionsToken token) {
    this.broadcaster = broadcaster;
    this.token = token;
  }

  record Taken(long taken) {}

  @Post("/{user}")
  @Consumes(MediaType.APPLICATION_JSON)
  Taken post(
      String user,
      @Header(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Body String frame) {
    if (authorization == null || !token.matches(authorization)) {
      throw ApiException.unauthorized(
          "unauthorized", "Only the cloud on this machine may call this.");
    }
    UserId member = RequestField.parse("user", user, UserId::new);
    requireFrame(frame);
    List<CompletableFuture<Boolean>> sent =
        broadcaster.sendTo(member, frame).stream()
            .map(it -> it.completeOnTimeout(false, SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .toList();
    return new Taken(sent.stream().filter(CompletableFuture::join).count());
  }

  private static void requireFrame(String frame) {
    try {
      if (frame.length() > MAX_CHARS || !JSON.readTree(frame).isObject()) {
        throw ApiException.invalidField(
            "body", "A frame must be a JSON object of at most %d characters.".formatted(MAX_CHARS));
      }
    } catch (JsonProcessingException e) {
      throw ApiException.invalidField("body", "A frame must be JSON.");
    }
  }
}
