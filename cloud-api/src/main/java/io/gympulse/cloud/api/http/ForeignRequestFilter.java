package io.gympulse.cloud.api.http;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.process.SiteCheck;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;

/// Rejects with 403 a request that [SiteCheck] finds foreign (DNS rebinding, pages of other sites),
/// before any other check, and with 400 one without a host: for the page's files, REST and the
// stream's upgrade alike.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ForeignRequestFilter {
  private final SiteCheck site;

  ForeignRequestFilter(ApiConfiguration configuration) {
    this.site = SiteCheck.published(configuration.admission().names());
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    if (!headers.contains(HttpHeaders.HOST)) {
      // The framework shows a request that it cannot read without its headers.
      throw ApiException.badRequest(
          "bad_request", "The request has no header Host, or cannot be read.");
    }
    SiteCheck.Request checked =
        new SiteCheck.Request(
            request.getMethodName(),
            headers.getAll(HttpHeaders.HOST),
            headers.getAll(HttpHeaders.ORIGIN),
            headers.findFirst("Sec-Fetch-Site"),
            Optional.ofNullable(request.getServerAddress().getAddress()));
    switch (site.check(checked)) {
      case ALLOWED -> {}
      case FOREIGN_HOST ->
          throw ApiException.forbidden(
              "foreign_host",
              "The header Host is none of this server's names; see its option --name.");
      case FOREIGN_ORIGIN ->
          throw ApiException.forbidden(
              "foreign_origin", "Pages of other sites may not call this server.");
    }
  }
}
