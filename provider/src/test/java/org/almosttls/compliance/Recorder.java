package org.almosttls.compliance;

import java.io.IOException;
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

    /** Closed, and so written, when the whole run is over. */
    private record Run(Path file, RunRecord record) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (var each : Provocations.all())
                record.addProvoked(each.violation().name(), each.test(), each.way());
            record.write(file);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        run(context)
                .ifPresent(run -> run.record()
                        .classes()
                        .add(context.getRequiredTestClass().getName().substring(ROOT.length())));
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
        run(context).ifPresent(run -> run.record().add(test, outcome(context.getExecutionException())));
    }

    private static Outcome outcome(Optional<Throwable> thrown) {
        if (thrown.isEmpty()) return Outcome.PASSED;
        return thrown.get() instanceof TestAbortedException ? Outcome.LEFT_OUT : Outcome.FAILED;
    }

    private static Optional<Run> run(ExtensionContext context) {
        var file = Optional.ofNullable(System.getProperty(RunRecord.PROPERTY));
        var store = context.getRoot().getStore(OURS);
        return file.map(name ->
                store.getOrComputeIfAbsent(Run.class, any -> new Run(Path.of(name), RunRecord.empty()), Run.class));
    }
}
