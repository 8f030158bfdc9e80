package io.gympulse.cloud.api.http;

import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Refuses with 403 what [HostRule] says is foreign, before anything else looks at the request: the
/// page's files, REST and the stream's upgrade alike.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ForeignRequests {
  private final HostRule rule;

  ForeignRequests(ApiConfiguration configuration) {
    this.rule = new HostRule(configuration.admission().names());
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    switch (rule.judge(
        headers.getAll(HttpHeaders.HOST),
        headers.getAll(HttpHeaders.ORIGIN),
        request.getServerAddress().getAddress())) {
      case KNOWN -> {}
      case FOREIGN_HOST ->
          throw Refusal.forbidden(
              "foreign_host",
              "The header Host names no host that this server goes by; see its option --name.");
      case FOREIGN_ORIGIN ->
          throw Refusal.forbidden(
              "foreign_origin", "Pages of other sites may not call this server.");
    }
  }
}
