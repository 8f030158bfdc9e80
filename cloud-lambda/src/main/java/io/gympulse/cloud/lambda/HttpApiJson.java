package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Requests of an HTTP API in payload format 2.0 and the answers to them, as API Gateway writes and
/// reads them.
final class HttpApiJson {
  private HttpApiJson() {}

  /// @throws IOException saying why if this is none
  static APIGatewayV2HTTPEvent read(InputStream input) throws IOException {
    EventJson event = EventJson.read(input, "event of an HTTP API in payload format 2.0");
    EventJson context = event.part("requestContext");
    String route = event.required("routeKey");
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(route)
        .withRawPath(event.text("rawPath"))
        .withRawQueryString(event.text("rawQueryString"))
        .withHeaders(event.texts("headers"))
        .withQueryStringParameters(event.texts("queryStringParameters"))
        .withPathParameters(event.texts("pathParameters"))
        .withBody(event.text("body"))
        .withIsBase64Encoded(event.node().path("isBase64Encoded").asBoolean())
        .withRequestContext(
            RequestContext.builder()
                .withRequestId(context.required("requestId"))
                .withRouteKey(route)
                .withHttp(http(context.part("http")))
                .build())
        .build();
  }

  private static RequestContext.Http http(EventJson json) {
    return RequestContext.Http.builder()
        .withMethod(json.text("method"))
        .withPath(json.text("path"))
        .withSourceIp(json.text("sourceIp"))
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
