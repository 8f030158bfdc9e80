package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpApiJsonTest {

  /// As in AWS's documentation of payload format 2.0.
  private static final String EVENT =
      """
      {"version": "2.0", "routeKey": "GET /stats", "rawPath": "/stats",
       "rawQueryString": "date=2026-05-01&parameter2=value",
       "cookies": ["cookie1", "cookie2"],
       "headers": {"header1": "value1", "header2": "value1,value2"},
       "queryStringParameters": {"date": "2026-05-01", "parameter2": "value"},
       "requestContext": {
         "accountId": "123456789012", "apiId": "api-id",
         "authentication": {"clientCert": {"subjectDN": "www.example.com"}},
         "authorizer": {"jwt": {"claims": {"claim1": "value1"}, "scopes": ["scope1"]}},
         "domainName": "id.execute-api.us-east-1.amazonaws.com", "domainPrefix": "id",
         "http": {"method": "GET", "path": "/stats", "protocol": "HTTP/1.1",
           "sourceIp": "192.0.2.1", "userAgent": "agent"},
         "requestId": "JKJaXmPLvHcESHA=", "routeKey": "GET /stats", "stage": "$default",
         "time": "12/Mar/2020:19:03:58 +0000", "timeEpoch": 1583348638390},
       "body": "eyJ0ZXN0IjoiYm9keSJ9", "pathParameters": {"parameter1": "value1"},
       "isBase64Encoded": true, "stageVariables": {"stageVariable1": "value1"}}
      """;

  @Test
  void a_request_is_read_as_api_gateway_sends_it() throws IOException {
    APIGatewayV2HTTPEvent event = HttpApiJson.read(text(EVENT));

    assertThat(event.getRouteKey()).isEqualTo("GET /stats");
    assertThat(event.getHeaders()).containsEntry("header2", "value1,value2").hasSize(2);
    assertThat(event.getQueryStringParameters()).containsEntry("date", "2026-05-01");
    assertThat(event.getPathParameters()).isEqualTo(Map.of("parameter1", "value1"));
    assertThat(event.getBody()).isEqualTo("eyJ0ZXN0IjoiYm9keSJ9");
    assertThat(event.getIsBase64Encoded()).isTrue();
    assertThat(event.getRequestContext().getRequestId()).isEqualTo("JKJaXmPLvHcESHA=");
    assertThat(event.getRequestContext().getHttp().getSourceIp()).isEqualTo("192.0.2.1");
  }

  @Test
  void optional_fields_may_be_absent() throws IOException {
    APIGatewayV2HTTPEvent event =
        HttpApiJson.read(
            text("{\"routeKey\":\"GET /stats\",\"requestContext\":{\"requestId\":\"1\"}}"));

    assertThat(event.getBody()).isNull();
    assertThat(event.getHeaders()).isEmpty();
    assertThat(event.getIsBase64Encoded()).isFalse();
  }

  @Test
  void an_event_of_another_kind_is_rejected_with_the_missing_field() {
    assertThatThrownBy(() -> HttpApiJson.read(text("{\"version\":\"1.0\",\"path\":\"/stats\"}")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("payload format 2.0")
        .hasMessageContaining("routeKey is missing");
    assertThatThrownBy(() -> HttpApiJson.read(text("[]"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> HttpApiJson.read(text(""))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> HttpApiJson.read(text("{"))).isInstanceOf(IOException.class);
  }

  @Test
  void a_response_is_written_in_api_gateway_s_form() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    HttpApiJson.write(
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(200)
            .withHeaders(Map.of("Content-Type", "application/json"))
            .withBody("[]")
            .build(),
        written);

    assertThat(new ObjectMapper().readTree(written.toByteArray()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"statusCode": 200, "headers": {"Content-Type": "application/json"},
                     "body": "[]", "isBase64Encoded": false}"""));
  }

  private static ByteArrayInputStream text(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
