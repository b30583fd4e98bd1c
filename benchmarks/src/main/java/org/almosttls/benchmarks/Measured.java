package org.almosttls.benchmarks;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What is measured round by round, and told of all rounds so far. */
interface Measured {

    /**
     * @param isLook whether it is enough that it runs
     * @param words for each JVM
     */
    void round(boolean isLook, List<String> words) throws IOException, InterruptedException, RunnerException;

    /** Above the lines. */
    String head();

    List<String> lines();
}
