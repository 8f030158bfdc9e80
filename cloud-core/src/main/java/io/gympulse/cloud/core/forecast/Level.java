package io.gympulse.cloud.core.forecast;

import java.util.Optional;

/// How much of what differs from the usual is taken to last: the arrivals of the coming hours are
/// the usual ones times
///
/// ```
/// ((seen + 3) / (usual + 3)) ^ exponent
/// ```
///
/// where `seen` is a mean of the machines in use now and half an hour ago, and `usual` that of the
/// same slots in the past weeks. An exponent of 0 ignores today, 1 repeats it. The 3 keeps small
/// numbers from meaning much.
///
/// @param exponent 0 to 1
/// @param nowShare the weight of now in the mean, 0 to 1; the rest is that of half an hour ago
record Level(double exponent, double nowShare) {
  private static final double DAMPING = 3;

  /// The multiple of the usual arrivals: above 0, and not falling in either number.
  double of(Occupancy occupancy) {
    double share = occupancy.before().isPresent() ? nowShare : 1;
    InUse before = occupancy.before().orElse(occupancy.now());
    double seen = share * occupancy.now().seen() + (1 - share) * before.seen();
    double usual = share * occupancy.now().usual() + (1 - share) * before.usual();
    return Math.pow((seen + DAMPING) / (usual + DAMPING), exponent);
  }

  /// Machines in use at a moment, and the usual number in its slot.
  record InUse(double seen, double usual) {}

  /// Now and, if it is known, half an hour ago.
  record Occupancy(InUse now, Optional<InUse> before) {}
}
