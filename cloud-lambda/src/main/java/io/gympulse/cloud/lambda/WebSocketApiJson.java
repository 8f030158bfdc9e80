package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What happens at a WebSocket API and the answers to it, as API Gateway writes and reads them.
final class WebSocketApiJson {
  private WebSocketApiJson() {}

  /// @throws IOException saying why if this is none
  static APIGatewayV2WebSocketEvent read(InputStream input) throws IOException {
    EventJson json = EventJson.read(input, "event of a WebSocket API");
    EventJson context = json.part("requestContext");
    APIGatewayV2WebSocketEvent.RequestContext of = new APIGatewayV2WebSocketEvent.RequestContext();
    of.setConnectionId(context.required("connectionId"));
    of.setRouteKey(context.required("routeKey"));
    of.setRequestId(context.text("requestId"));
    of.setEventType(context.text("eventType"));
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(of);
    event.setHeaders(json.texts("headers"));
    event.setQueryStringParameters(json.texts("queryStringParameters"));
    event.setBody(json.text("body"));
    return event;
  }

  static void write(APIGatewayV2WebSocketResponse response, OutputStream output)
      throws IOException {
    ObjectNode answer = EventJson.JSON.createObjectNode();
    answer.put("statusCode", response.getStatusCode());
    answer.put("body", response.getBody());
    EventJson.JSON.writeValue(output, answer);
  }
}
