package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebSocketApiJsonTest {

  @Test
  void a_connection_is_read_from_api_gateway_s_event() throws IOException {
    APIGatewayV2WebSocketEvent event =
        WebSocketApiJson.read(
            text(
                """
                {"headers": {"Host": "abcd123.execute-api.us-east-1.amazonaws.com",
                   "Sec-WebSocket-Version": "13", "X-Forwarded-For": "192.0.2.1"},
                 "multiValueHeaders": {"Host": ["abcd123.execute-api.us-east-1.amazonaws.com"]},
                 "queryStringParameters": {"gym": "riverside"},
                 "multiValueQueryStringParameters": {"gym": ["riverside"]},
                 "requestContext": {"routeKey": "$connect", "eventType": "CONNECT",
                   "extendedRequestId": "ABCD1234=", "requestTime": "09/Feb/2024:18:11:43 +0000",
                   "messageDirection": "IN", "stage": "prod", "connectedAt": 1707502303419,
                   "requestTimeEpoch": 1707502303420, "identity": {"sourceIp": "192.0.2.1"},
                   "authorizer": {"principalId": "ann", "integrationLatency": 12},
                   "requestId": "ABCD1234=",
                   "domainName": "abcd123.execute-api.us-east-1.amazonaws.com",
                   "connectionId": "AAAA1234=", "apiId": "abcd1234"},
                 "isBase64Encoded": false}
                """));

    assertThat(event.getRequestContext().getRouteKey()).isEqualTo("$connect");
    assertThat(event.getRequestContext().getConnectionId()).isEqualTo("AAAA1234=");
    assertThat(event.getRequestContext().getAuthorizer()).isEqualTo(Map.of("principalId", "ann"));
    assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("gym", "riverside"));
    assertThat(event.getHeaders()).containsEntry("X-Forwarded-For", "192.0.2.1");
    assertThat(event.getBody()).isNull();
  }

  @Test
  void a_frame_is_the_body() throws IOException {
    APIGatewayV2WebSocketEvent event =
        WebSocketApiJson.read(
            text(
                """
                {"requestContext": {"routeKey": "subscribe", "messageId": "AAAA=",
                   "eventType": "MESSAGE", "connectionId": "AAAA1234="},
                 "body": "{\\"action\\":\\"subscribe\\"}", "isBase64Encoded": false}
                """));

    assertThat(event.getBody()).isEqualTo("{\"action\":\"subscribe\"}");
    assertThat(event.getQueryStringParameters()).isEmpty();
  }

  @Test
  void an_event_of_another_kind_is_rejected_with_the_missing_field() {
    assertThatThrownBy(
            () -> WebSocketApiJson.read(text("{\"requestContext\":{\"routeKey\":\"GET /\"}}")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "this is no event of a WebSocket API:"
                + " requestContext.connectionId is missing; expected a text");
  }

  @Test
  void a_response_is_written_in_api_gateway_s_form() throws IOException {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(200);
    response.setBody("{}");
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    WebSocketApiJson.write(response, written);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"statusCode\":200,\"body\":\"{}\"}");

    response.setHeaders(Map.of("Sec-WebSocket-Protocol", "gympulse"));
    written.reset();
    WebSocketApiJson.write(response, written);
    assertThat(written.toString(StandardCharsets.UTF_8))
        .endsWith("\"headers\":{\"Sec-WebSocket-Protocol\":\"gympulse\"}}");
  }

  private static ByteArrayInputStream text(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
