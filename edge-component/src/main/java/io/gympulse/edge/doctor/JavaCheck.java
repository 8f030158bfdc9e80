package io.gympulse.edge.doctor;

/// The version of Java, and whether native code may be called, which GPIO and clocks need.
///
/// @param version the feature release, such as 25
/// @param description for the reader
/// @param nativeAccess whether the gateway's classes may call native code
record JavaCheck(int version, String description, boolean nativeAccess) implements Check {
  private static final int NEEDED = 25;

  static JavaCheck ofThisProcess() {
    return new JavaCheck(
        Runtime.version().feature(),
        "Java %s of %s, %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch")),
        JavaCheck.class.getModule().isNativeAccessEnabled());
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Finding run() {
    if (version < NEEDED) {
      return Finding.failed(description, "install a JDK %d or later".formatted(NEEDED));
    }
    return nativeAccess
        ? Finding.ok(description)
        : Finding.warning(
            description + ", without native access",
            "start it by ./gympulse, by -jar, or with --enable-native-access=ALL-UNNAMED");
  }
}
