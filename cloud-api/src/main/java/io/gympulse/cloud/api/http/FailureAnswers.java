package io.gympulse.cloud.api.http;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;

/// Answers what was thrown while a request was served.
@Controller
final class FailureAnswers {
  @Error(global = true)
  HttpResponse<ErrorBody> answer(Refusal refusal) {
    MutableHttpResponse<ErrorBody> answer =
        HttpResponse.<ErrorBody>status(refusal.status()).body(refusal.body());
    refusal.retryAfter().ifPresent(it -> answer.header(HttpHeaders.RETRY_AFTER, it));
    return answer;
  }

  @Error(global = true)
  HttpResponse<ErrorBody> answer(StoreUnavailableException unavailable) {
    return answer(
        Refusal.unavailable("store_unavailable", String.valueOf(unavailable.getMessage())));
  }
}
