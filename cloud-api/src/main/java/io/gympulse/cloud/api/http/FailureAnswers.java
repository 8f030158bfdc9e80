package io.gympulse.cloud.api.http;

import io.gympulse.cloud.state.store.StoreUnavailableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;

/// Answers what was thrown while a request was served.
@Controller
final class FailureAnswers {
  @Error(global = true)
  HttpResponse<ErrorBody> answer(Refusal refusal) {
    return HttpResponse.<ErrorBody>status(refusal.status()).body(refusal.body());
  }

  @Error(global = true)
  HttpResponse<ErrorBody> answer(StoreUnavailableException unavailable) {
    return answer(
        Refusal.unavailable("store_unavailable", String.valueOf(unavailable.getMessage())));
  }
}
