package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.store.StoreContract;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The contract of stored models, and of the query that reads them.
public abstract class ForecastModelsContract extends StoreContract {
  private static final GymId GYM = new GymId("g");
  private static final CategoryId BIKES = new CategoryId("bike");
  private static final CategoryModel MODEL = SampleHistory.model(3, 22);

  @Test
  void a_stored_model_is_found_by_gym_and_category() {
    store.forecasts().put(GYM, BIKES, MODEL);
    assertThat(store.forecasts().find(GYM, BIKES)).contains(MODEL);
    assertThat(store.queries().forecasts().model(GYM, BIKES)).contains(MODEL);
    assertThat(store.forecasts().find(GYM, new CategoryId("rower"))).isEmpty();
    assertThat(store.queries().forecasts().model(new GymId("h"), BIKES)).isEmpty();
  }

  @Test
  void a_model_is_replaced_by_one_fitted_later_and_not_by_an_older_one() {
    CategoryModel later = fittedAt(MODEL.fittedAt().plusSeconds(1));
    store.forecasts().put(GYM, BIKES, MODEL);
    store.forecasts().put(GYM, BIKES, later);
    assertThat(store.forecasts().find(GYM, BIKES)).contains(later);
    store.forecasts().put(GYM, BIKES, MODEL);
    assertThat(store.forecasts().find(GYM, BIKES)).contains(later);
    store.forecasts().put(GYM, BIKES, later);
    assertThat(store.forecasts().find(GYM, BIKES)).contains(later);
  }

  private static CategoryModel fittedAt(Instant time) {
    return new CategoryModel(
        time,
        MODEL.zone(),
        MODEL.machines(),
        MODEL.limit(),
        MODEL.rates(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }
}
