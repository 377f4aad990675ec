package io.coxswain.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives each test method that asks for a [TestCluster] a fresh one.
///
/// ```java
/// @ClusterTest
/// class WidgetOperatorTest {
///     @Test
///     void replacesALostPod(TestCluster cluster) {
///         cluster.apply("""
///                 apiVersion: …
///                 """).settle();
/// ```
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface ClusterTest {

    /// How many simulated nodes there are, ready, when the test begins.
    int nodes() default 3;

    /// The same seed gives the same run.
    long seed() default 1;
}
