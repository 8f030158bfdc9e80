package io.gympulse.cloud.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
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

/// `POST /@connections/users/{user}`: the cloud on this machine posts a frame, a JSON object of at
/// most 16,384 characters, to every page that the member has open, as it would to API Gateway's
/// `@connections` endpoint. Answers `{"taken": n}`, how many pages the network took it to within
/// two seconds; 401 without the [token][ConnectionsToken].
@Controller("/@connections/users")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConnectionsController {
  private static final int LONGEST = 16_384;
  private static final int PATIENCE_SECONDS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Broadcast broadcast;
  private final ConnectionsToken token;

  ConnectionsController(Broadcast broadcast, ConnectionsToken token) {
    this.broadcast = broadcast;
    this.token = token;
  }

  record Taken(long taken) {}

  @Post("/{user}")
  @Consumes(MediaType.APPLICATION_JSON)
  Taken post(
      String user, @Header(HttpHeaders.AUTHORIZATION) @Nullable String shown, @Body String frame) {
    if (shown == null || !token.allows(shown)) {
      throw Refusal.unauthorized("unauthorized", "This is for the cloud on this machine.");
    }
    UserId member = Field.parse("user", user, UserId::new);
    requireFrame(frame);
    List<CompletableFuture<Boolean>> sent =
        broadcast.tell(member, frame).stream()
            .map(it -> it.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS))
            .toList();
    return new Taken(sent.stream().filter(CompletableFuture::join).count());
  }

  private static void requireFrame(String frame) {
    try {
      if (frame.length() > LONGEST || !JSON.readTree(frame).isObject()) {
        throw Refusal.invalid(
            "body", "A frame is a JSON object of at most %d characters.".formatted(LONGEST));
      }
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("body", "A frame is JSON.");
    }
  }
}
