/**
 * What tests of whole programs need: child JVMs, throw-away keys, and the sample applications by name. Nothing here
 * knows a test framework; what goes wrong is an {@code AssertionError} that tells the child's output.
 *
 * <p>It may use the JDK, and Jackson to read lines of JSON.
 */
package sample.testkit;
