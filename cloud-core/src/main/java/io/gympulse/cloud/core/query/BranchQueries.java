package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.contract.id.GymId;
import java.util.Optional;

/// The registered gyms. A machine is listed by the gym whose floor plan contains it, with the state
/// that this gym's gateway reported.
///
/// Methods throw [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be
/// read. Safe for any number of threads.
public interface BranchQueries {
  /// By gym id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<BranchSummary, GymId> summaries(Optional<GymId> after, int size);

  Optional<BranchDetail> find(GymId gym);
}
