package io.gympulse.cloud.pipeline;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Events of API Gateway and SQS, and responses as JSON.
final class Calls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Calls() {}

  static APIGatewayV2HTTPEvent post(String body) {
    return request(body, Map.of(), false);
  }

  static APIGatewayV2HTTPEvent post(String body, String idempotencyKey) {
    return request(body, Map.of("idempotency-key", idempotencyKey), false);
  }

  static APIGatewayV2HTTPEvent base64(String body) {
    return request(body, Map.of(), true);
  }

  static APIGatewayV2HTTPEvent get(Map<String, String> query) {
    return APIGatewayV2HTTPEvent.builder()
        .withQueryStringParameters(query)
        .withRequestContext(context())
        .build();
  }

  private static APIGatewayV2HTTPEvent request(
      String body, Map<String, String> headers, boolean base64) {
    return APIGatewayV2HTTPEvent.builder()
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(base64)
        .withRequestContext(context())
        .build();
  }

  private static RequestContext context() {
    return RequestContext.builder().withRequestId(UUID.randomUUID().toString()).build();
  }

  static SQSEvent deliveries(List<String> bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + messages.size());
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  static JsonNode json(APIGatewayV2HTTPResponse response) {
    try {
      return JSON.readTree(response.getBody());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + response.getBody(), e);
    }
  }
}
