package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsControllerTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String ANNA = "/@connections/users/anna%2Bgym%40example.com";
  private static final String FRAME = "{\"type\":\"alert\",\"id\":\"d-1\",\"text\":\"frei ü\"}";

  @TempDir private static Path folder;
  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = RunningApi.withDatabase(folder.resolve("cloud.db"), new SampleGyms());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void writeToken() throws IOException {
    Files.writeString(folder.resolve("connections.token"), TOKEN + "\n");
  }

  @Test
  void a_frame_is_sent_to_all_pages_of_the_member_only() {
    List<String> phone = new CopyOnWriteArrayList<>();
    List<String> desk = new CopyOnWriteArrayList<>();
    List<String> other = new CopyOnWriteArrayList<>();
    WebSocket first = api.stream("?user=anna%2Bgym%40example.com", phone);
    WebSocket second = api.stream("?gym=riverside&user=anna%2Bgym%40example.com", desk);
    WebSocket third = api.stream("?user=ben", other);
    await().until(() -> phone.size() + desk.size() + other.size() == 3);
    HttpResponse<String> answer = api.postWithToken(TOKEN, ANNA, FRAME);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"taken\":2}");
    await().until(() -> phone.size() == 2 && desk.size() == 2);
    assertThat(phone.getLast()).isEqualTo(FRAME);
    assertThat(desk.getLast()).isEqualTo(FRAME);
    assertThat(other).hasSize(1);
    first.abort();
    second.abort();
    third.abort();
  }

  @Test
  void without_an_open_page_none_takes_the_frame() {
    assertThat(api.postWithToken(TOKEN, "/@connections/users/carla", FRAME).body())
        .isEqualTo("{\"taken\":0}");
  }

  @Test
  void without_the_token_the_request_is_401() throws IOException {
    assertThat(api.postWithToken("wrong", ANNA, FRAME).statusCode()).isEqualTo(401);
    assertThat(api.postWithToken("", ANNA, FRAME).statusCode()).isEqualTo(401);
    assertThat(api.post(ANNA, "application/json", FRAME).statusCode()).isEqualTo(401);
    Files.writeString(folder.resolve("connections.token"), "\n");
    assertThat(api.postWithToken("", ANNA, FRAME).statusCode()).isEqualTo(401);
    Files.delete(folder.resolve("connections.token"));
    assertThat(api.postWithToken(TOKEN, ANNA, FRAME).statusCode()).isEqualTo(401);
  }

  @Test
  void an_invalid_frame_or_member_is_rejected() {
    assertThat(api.postWithToken(TOKEN, ANNA, "[]").body()).contains("\"field\":\"body\"");
    assertThat(api.postWithToken(TOKEN, ANNA, "no json").body()).contains("\"field\":\"body\"");
    assertThat(api.postWithToken(TOKEN, "/@connections/users/a%20b", FRAME).body())
        .contains("\"field\":\"user\"");
  }

  @Test
  void a_stream_of_an_invalid_member_is_rejected() {
    assertThat(api.get("/stream?user=a%20b").statusCode()).isEqualTo(400);
  }
}
