package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import org.almosttls.schedules.Worker.Wish;

/** A schedule by four threads: each end reads and writes at a time. The seed decides what each of them does in its turn. */
final class Crowd {

    private final Plan plan;
    private final Trail trail;
    private final Engines engines;
    private final Bell bell = new Bell();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Crowd(Plan plan, Trail trail) {
        this.plan = plan;
        this.trail = trail;
        engines = new Engines(plan.setting(), plan.seed());
    }

    void go() {
        var wires = new Wire[] {new Wire(), new Wire()};
        var speeches =
                new Speech[] {new Speech(plan.seed(), plan.fromClient()), new Speech(~plan.seed(), plan.fromServer())};
        var setting = plan.setting();
        var client = new LawfulEngine("client", engines.client(), new Laws(setting.client(), false), trail);
        var server = new LawfulEngine("server", engines.server(), new Laws(setting.server(), false), trail);
        var ofClient = new Worker(client, wires, speeches, bell, wish(1));
        var ofServer = new Worker(
                server, new Wire[] {wires[1], wires[0]}, new Speech[] {speeches[1], speeches[0]}, bell, wish(2));
        runAll(List.of(ofClient::read, ofClient::write, ofServer::read, ofServer::write));
        failures.stream().findFirst().ifPresent(this::fail);
        for (var each : speeches) assertTrue(each.isOver(), "octets that were lost");
        for (var each : List.of(client, server)) assertTrue(each.isDone(), "not closed");
        assertFinished(setting.client(), client);
        assertFinished(setting.server(), server);
        assertEquals("", engines.watched().inline(), "not left to a task");
    }

    /** Another handshake, other than new keys, is not begun while the other end may close. */
    private Wish wish(int end) {
        return new Wish(plan.seed() * 4 + end, plan.setting().isTls13() ? plan.renewals() : 0);
    }

    private void fail(Throwable first) {
        throw new AssertionError("in one of four threads: " + first, first);
    }

    private void assertFinished(Stack stack, LawfulEngine engine) {
        if (stack == Stack.OURS || !plan.setting().isTls13()) assertEquals(1, engine.timesFinished(), "FINISHED");
    }

    private interface Work {
        void run() throws SSLException;
    }

    private void runAll(List<Work> works) {
        var threads = new ArrayList<Thread>();
        for (var each : works) threads.add(new Thread(() -> attempt(each)));
        threads.forEach(Thread::start);
        try {
            for (var each : threads) each.join();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (SSLException | RuntimeException | AssertionError failed) {
            failures.add(failed);
            bell.end();
        }
    }
}
