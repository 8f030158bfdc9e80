package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Requests of an HTTP API in payload format 2.0 and their responses, in API Gateway's JSON.
final class HttpApiJson {
  private HttpApiJson() {}

  /// @throws IOException if the input is not such a request
  static APIGatewayV2HTTPEvent read(InputStream input) throws IOException {
    JsonCursor<IOException> event =
        EventJson.read(input, "event of an HTTP API in payload format 2.0");
    JsonCursor<IOException> context = event.field("requestContext");
    String route = event.field("routeKey").text();
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(route)
        .withRawPath(EventJson.text(event, "rawPath"))
        .withRawQueryString(EventJson.text(event, "rawQueryString"))
        .withHeaders(EventJson.texts(event, "headers"))
        .withQueryStringParameters(EventJson.texts(event, "queryStringParameters"))
        .withPathParameters(EventJson.texts(event, "pathParameters"))
        .withBody(EventJson.text(event, "body"))
        .withIsBase64Encoded(event.node().path("isBase64Encoded").asBoolean())
        .withRequestContext(
            RequestContext.builder()
                .withRequestId(context.field("requestId").text())
                .withRouteKey(route)
                .withHttp(http(context.field("http")))
                .build())
        .build();
  }

  private static RequestContext.Http http(JsonCursor<IOException> json) throws IOException {
    return RequestContext.Http.builder()
        .withMethod(EventJson.text(json, "method"))
        .withPath(EventJson.text(json, "path"))
        .withSourceIp(EventJson.text(json, "sourceIp"))
        .build();
  }

  static void write(APIGatewayV2HTTPResponse response, OutputStream output) throws IOException {
    ObjectNode answer = EventJson.JSON.createObjectNode();
    answer.put("statusCode", response.getStatusCode());
    ObjectNode headers = answer.putObject("headers");
    response.getHeaders().forEach(headers::put);
    answer.put("body", response.getBody());
    answer.put("isBase64Encoded", response.getIsBase64Encoded());
    EventJson.JSON.writeValue(output, answer);
  }
}
