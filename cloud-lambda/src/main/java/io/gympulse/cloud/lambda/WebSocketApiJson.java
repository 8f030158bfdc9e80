package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/// Events of a WebSocket API and their responses, in API Gateway's JSON.
final class WebSocketApiJson {
  private WebSocketApiJson() {}

  /// @throws IOException if the input is not such an event
  static APIGatewayV2WebSocketEvent read(InputStream input) throws IOException {
    JsonCursor<IOException> json = EventJson.read(input, "event of a WebSocket API");
    JsonCursor<IOException> context = json.field("requestContext");
    APIGatewayV2WebSocketEvent.RequestContext of = new APIGatewayV2WebSocketEvent.RequestContext();
    of.setConnectionId(context.field("connectionId").text());
    of.setRouteKey(context.field("routeKey").text());
    of.setRequestId(EventJson.text(context, "requestId"));
    of.setEventType(EventJson.text(context, "eventType"));
    of.setAuthorizer(Map.copyOf(EventJson.texts(context, "authorizer")));
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(of);
    event.setHeaders(EventJson.texts(json, "headers"));
    event.setQueryStringParameters(EventJson.texts(json, "queryStringParameters"));
    event.setBody(EventJson.text(json, "body"));
    return event;
  }

  static void write(APIGatewayV2WebSocketResponse response, OutputStream output)
      throws IOException {
    ObjectNode answer = EventJson.JSON.createObjectNode();
    answer.put("statusCode", response.getStatusCode());
    answer.put("body", response.getBody());
    if (response.getHeaders() != null) {
      ObjectNode headers = answer.putObject("headers");
      response.getHeaders().forEach(headers::put);
    }
    EventJson.JSON.writeValue(output, answer);
  }
}
