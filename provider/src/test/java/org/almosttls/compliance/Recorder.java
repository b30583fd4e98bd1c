package org.almosttls.compliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.almosttls.compliance.RunRecord.Outcome;
import org.almosttls.testkit.Provocations;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Writes down which tests ran, how they ended and what they provoked; JUnit finds it by itself. */
public final class Recorder implements BeforeAllCallback, BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Recorder.class);
    private static final String ROOT = "org.almosttls.";

    /** Of all that ran in this JVM, which is not the only one. */
    private static final RunRecord RECORD = RunRecord.empty();

    /** Closed, and so written, when what this JVM was last given to run is over. */
    private record Run(Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (var each : Provocations.all())
                RECORD.addProvoked(each.violation().name(), each.test(), each.way());
            RECORD.write(Files.createDirectories(folder)
                    .resolve(ProcessHandle.current().pid() + ".txt"));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isWanted(context))
            RECORD.classes().add(context.getRequiredTestClass().getName().substring(ROOT.length()));
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        Provocations.by(
                context.getRequiredTestClass(), context.getRequiredTestMethod().getName());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        var test = Provocations.nameOf(
                context.getRequiredTestClass(), context.getRequiredTestMethod().getName());
        if (isWanted(context)) RECORD.add(test, outcome(context.getExecutionException()));
    }

    private static Outcome outcome(Optional<Throwable> thrown) {
        if (thrown.isEmpty()) return Outcome.PASSED;
        return thrown.get() instanceof TestAbortedException ? Outcome.LEFT_OUT : Outcome.FAILED;
    }

    private static boolean isWanted(ExtensionContext context) {
        var folder = System.getProperty(RunRecord.PROPERTY);
        if (folder == null) return false;
        context.getRoot().getStore(OURS).getOrComputeIfAbsent(Run.class, any -> new Run(Path.of(folder)), Run.class);
        return true;
    }
}
