package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.feed.FeedPump;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.cloud.core.store.CloudStore.WithFeed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/// The whole store in maps. Current states and gateways, which the feed publishes, share one lock.
public final class InMemoryCloudStore implements WithFeed {
  private final InMemoryEventStore events;
  private final InMemoryAggregates aggregates = new InMemoryAggregates();
  private final InMemoryForecastModels forecasts = new InMemoryForecastModels();
  private final FeedPump feed = new FeedPump(this::updatesAfter, 0);
  private final Positions positions = new Positions(feed::advanceTo);
  private final InMemoryCurrentStates current = new InMemoryCurrentStates(positions);
  private final InMemoryGateways gateways = new InMemoryGateways(positions);
  private final GatewayHealths healths = new InMemoryGatewayHealths();
  private final InMemoryUnregisteredMachines unregistered = new InMemoryUnregisteredMachines();
  private final InMemoryFloorPlans plans = new InMemoryFloorPlans(unregistered);

  /// Events never expire.
  public InMemoryCloudStore() {
    this(Retention.UNLIMITED);
  }

  public InMemoryCloudStore(Retention retention) {
    this.events = new InMemoryEventStore(retention);
  }

  @Override
  public EventStore events() {
    return events;
  }

  @Override
  public CurrentStates current() {
    return current;
  }

  @Override
  public Gateways gateways() {
    return gateways;
  }

  @Override
  public GatewayHealths healths() {
    return healths;
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public ForecastModels forecasts() {
    return forecasts;
  }

  @Override
  public FloorPlans floorPlans() {
    return plans;
  }

  @Override
  public UnregisteredMachines unregistered() {
    return unregistered;
  }

  @Override
  public UpdateFeed feed() {
    return feed;
  }

  @Override
  public CloudQueries queries() {
    return new InMemoryQueries(this);
  }

  @Override
  public void together(Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    feed.close();
  }

  private List<FeedUpdate> updatesAfter(long after, int limit) {
    List<FeedUpdate> updates;
    synchronized (positions) {
      updates = new ArrayList<>(current.updates());
      updates.addAll(gateways.updates());
    }
    return updates.stream()
        .filter(it -> it.position() > after)
        .sorted(Comparator.comparingLong(FeedUpdate::position))
        .limit(limit)
        .toList();
  }

  /// Assigns feed positions to visible changes in the order in which they happen. This object is
  /// the lock of all that has a position: its holder sees every change up to the latest, and none
  /// beyond.
  static final class Positions {
    private final LongConsumer advanced;
    private long last;

    /// @param advanced receives the latest position after a change
    Positions(LongConsumer advanced) {
      this.advanced = advanced;
    }

    synchronized long next() {
      return ++last;
    }

    /// Signals the latest position. To be called without the lock.
    void publish() {
      long now;
      synchronized (this) {
        now = last;
      }
      advanced.accept(now);
    }
  }
}
