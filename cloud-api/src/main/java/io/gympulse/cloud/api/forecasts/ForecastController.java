package io.gympulse.cloud.api.forecasts;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.gyms.BranchView.Presence;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast;
import io.gympulse.cloud.core.forecast.Forecaster;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.query.BranchQueries;
import io.gympulse.cloud.core.query.ForecastQueries;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Forecasts for at most three hours. A forecast takes four reads by key: branch, model, the
/// aggregate of half an hour ago, and for a machine its place. While a gateway is offline, its
/// machines are unknown, and there is no forecast of them.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class ForecastController {
  private static final Duration STANDARD = Duration.ofMinutes(30);

  /// How far a client's clock may be behind.
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final BranchQueries branches;
  private final MachineQueries machines;
  private final AggregateQueries aggregates;
  private final ForecastQueries models;
  private final InstantSource clock;
  private final Duration offlineAfter;

  ForecastController(
      BranchQueries branches,
      MachineQueries machines,
      AggregateQueries aggregates,
      ForecastQueries models,
      ApiConfiguration configuration) {
    this.branches = branches;
    this.machines = machines;
    this.aggregates = aggregates;
    this.models = models;
    this.clock = configuration.clock();
    this.offlineAfter = configuration.offlineAfter();
  }

  @Get("/branches/{id}/categories/{category}/forecast")
  ForecastView.OfCategory category(String id, String category, @QueryValue Optional<String> at) {
    GymId gym = RequestField.parse("id", id, GymId::new);
    CategoryId wanted = RequestField.parse("category", category, CategoryId::new);
    Instant now = clock.instant();
    Duration ahead = at.map(it -> ahead(it, now)).orElse(STANDARD);
    Category found = category(gym, wanted, now);
    Optional<CategoryModel> model = models.model(gym, wanted);
    Forecast forecast = Forecaster.category(model, found.state(), ahead);
    return new ForecastView.OfCategory(
        id,
        category,
        ForecastView.of(forecast, found.state(), found.machines().size(), ahead, model));
  }

  @Get("/machines/{id}/forecast")
  ForecastView.OfMachine machine(String id, @QueryValue Optional<String> minutes) {
    MachineId wanted = RequestField.parse("id", id, MachineId::new);
    Duration ahead = minutes.map(ForecastController::ahead).orElse(STANDARD);
    Instant now = clock.instant();
    var detail =
        machines
            .find(wanted)
            .orElseThrow(
                () ->
                    ApiException.notFound("unknown_machine", "No machine '%s'.".formatted(wanted)));
    GymId gym = detail.branch().gym().id();
    CategoryId category = detail.machine().category();
    Category found = category(gym, category, now);
    MachineStatus status = found.offline() ? MachineStatus.UNKNOWN : status(detail.machine());
    Optional<CategoryModel> model = models.model(gym, category);
    Forecast forecast = Forecaster.machine(model, wanted, status, found.state(), ahead);
    return new ForecastView.OfMachine(
        id,
        gym.value(),
        category.value(),
        ForecastView.of(forecast, found.state(), found.machines().size(), ahead, model));
  }

  /// A category as it is now.
  private record Category(List<BranchMachine> machines, boolean offline, State state) {}

  private Category category(GymId gym, CategoryId category, Instant now) {
    BranchDetail branch =
        branches
            .find(gym)
            .orElseThrow(() -> ApiException.notFound("unknown_gym", "No gym '%s'.".formatted(gym)));
    List<BranchMachine> all =
        branch.machines().stream().filter(it -> it.category().equals(category)).toList();
    if (all.isEmpty()) {
      throw ApiException.notFound(
          "unknown_category",
          "Gym '%s' has no machines of category '%s'.".formatted(gym, category));
    }
    boolean offline = Presence.of(branch.branch(), now, offlineAfter).offline();
    int free = offline ? 0 : count(all, MachineStatus.FREE);
    int occupied = offline ? 0 : count(all, MachineStatus.OCCUPIED);
    State state = new State(now, free + occupied, occupied, before(gym, category, now));
    return new Category(all, offline, state);
  }

  private static int count(List<BranchMachine> machines, MachineStatus status) {
    return (int) machines.stream().filter(it -> status(it) == status).count();
  }

  private static MachineStatus status(BranchMachine machine) {
    return machine.state().map(CurrentState::status).orElse(MachineStatus.UNKNOWN);
  }

  /// The share of machines in use at the start of the window of half an hour ago.
  private Optional<Double> before(GymId gym, CategoryId category, Instant now) {
    Window window = Window.of(now.minus(CategoryModel.BEFORE));
    return aggregates.range(gym, category, window.start(), window.end(), now).stream()
        .map(CategoryBin::machines)
        .flatMap(it -> share(it.values()).stream())
        .findFirst();
  }

  private static Optional<Double> share(Collection<MachineBin> bins) {
    List<MachineStatus> known =
        bins.stream().map(MachineBin::start).filter(it -> it != MachineStatus.UNKNOWN).toList();
    long occupied = known.stream().filter(it -> it == MachineStatus.OCCUPIED).count();
    return known.isEmpty() ? Optional.empty() : Optional.of((double) occupied / known.size());
  }

  private static Duration ahead(String at, Instant now) {
    Instant time = RequestField.time("at", at);
    if (time.isBefore(now.minus(TOLERANCE)) || time.isAfter(now.plus(CategoryModel.REACH))) {
      throw ApiException.invalidField(
          RequestLocation.parameter("at"), "The time is not within the next 3 hours.");
    }
    return time.isBefore(now) ? Duration.ZERO : Duration.between(now, time);
  }

  private static Duration ahead(String minutes) {
    int number = RequestField.parse("minutes", minutes, Integer::parseInt);
    if (number < 0 || number > CategoryModel.REACH.toMinutes()) {
      throw ApiException.invalidField(
          RequestLocation.parameter("minutes"), "The minutes are not between 0 and 180.");
    }
    return Duration.ofMinutes(number);
  }
}
