package org.almosttls.agent;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import sample.testkit.JdkTool;

/** A JVM under a debugger, which stops it in methods and goes through one of them line by line. */
final class Debugged implements AutoCloseable {

    private final VirtualMachine machine;
    private final CompletableFuture<List<String>> out;
    private final CompletableFuture<List<String>> err;
    private final Set<String> stops = new HashSet<>();
    private String stepped = "";
    private int lines;

    private Debugged(VirtualMachine machine) {
        this.machine = machine;
        this.out = lines(machine.process().getInputStream());
        this.err = lines(machine.process().getErrorStream());
    }

    /** @param jar the application's, with its arguments */
    static Debugged start(List<String> options, String jar) throws Exception {
        var connector = Bootstrap.virtualMachineManager().defaultConnector();
        var arguments = connector.defaultArguments();
        String words = Stream.of(JdkTool.LIGHT, options, List.of("-jar"))
                .flatMap(List::stream)
                .collect(Collectors.joining(" "));
        arguments.get("home").setValue(System.getProperty("java.home"));
        arguments.get("options").setValue(words);
        arguments.get("main").setValue(jar);
        return new Debugged(connector.launch(arguments));
    }

    private static CompletableFuture<List<String>> lines(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Stops in these methods whenever they are called, {@code class method}, and goes through the first of them once. */
    Outcome run(String... methods) throws Exception {
        stepped = methods[0];
        for (String each : methods) {
            var request = machine.eventRequestManager().createClassPrepareRequest();
            request.addClassFilter(each.split(" ")[0]);
            request.enable();
        }
        try {
            for (; ; ) handle(machine.eventQueue().remove(), Set.of(methods));
        } catch (VMDisconnectedException ended) {
            return new Outcome(machine.process().waitFor(), out.get(), err.get());
        }
    }

    private void handle(EventSet events, Set<String> methods) {
        for (Event event : events) {
            if (event instanceof ClassPrepareEvent prepared) stopIn(prepared.referenceType(), methods);
            else if (event instanceof BreakpointEvent stop) stopped(stop);
            else if (event instanceof StepEvent step) step(step);
        }
        events.resume();
    }

    private void stopIn(ReferenceType type, Set<String> methods) {
        for (Method method : type.methods()) {
            if (!methods.contains(nameOf(method))) continue;
            var stop = machine.eventRequestManager().createBreakpointRequest(method.location());
            stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            stop.enable();
        }
    }

    private void stopped(BreakpointEvent stop) {
        String method = nameOf(stop.location().method());
        if (!stops.add(method) || !method.equals(stepped)) return;
        var steps = machine.eventRequestManager()
                .createStepRequest(stop.thread(), StepRequest.STEP_LINE, StepRequest.STEP_OVER);
        steps.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        steps.enable();
    }

    private void step(StepEvent step) {
        if (nameOf(step.location().method()).equals(stepped)) lines++;
        else step.request().disable();
    }

    private static String nameOf(Method method) {
        return method.declaringType().name() + " " + method.name();
    }

    /** Where it has stopped. */
    Set<String> stops() {
        return stops;
    }

    /** How many it went through. */
    int lines() {
        return lines;
    }

    @Override
    public void close() {
        machine.process().destroyForcibly();
    }
}
