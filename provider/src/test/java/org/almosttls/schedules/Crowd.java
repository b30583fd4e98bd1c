package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import org.almosttls.schedules.Plan.Trouble;
import org.almosttls.schedules.Worker.Wish;

/** A schedule by four threads: each end reads and writes at a time. The seed decides what each of them does in its turn. */
final class Crowd {

    private static final int THREADS = 4;

    private final Plan plan;
    private final Engines engines;
    private final Bell bell = new Bell(THREADS);
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Worker client;
    private final Worker server;
    private volatile boolean mayFail;

    Crowd(Plan plan, Trail trail) {
        this.plan = plan;
        mayFail = plan.mayFail();
        var setting = plan.setting();
        engines = new Engines(setting, plan.seed());
        if (setting.earlier()) Connection.beforehand(plan, engines);
        var up = new Speech(plan.seed(), plan.fromClient());
        var down = new Speech(~plan.seed(), plan.fromServer());
        var toServer = new Wire();
        var toClient = new Wire();
        plan.disturb(toServer, toClient);
        var ofClient = new LawfulEngine("client", engines.client(), new Laws(setting.client(), false), trail);
        var ofServer = new LawfulEngine("server", engines.server(), new Laws(setting.server(), false), trail);
        client = new Worker(ofClient, new Wire[] {toClient, toServer}, new Speech[] {up, down}, bell, wish(true));
        server = new Worker(ofServer, new Wire[] {toServer, toClient}, new Speech[] {down, up}, bell, wish(false));
    }

    void go() {
        runAll(List.of(client::read, client::write, server::read, server::write));
        failures.stream().findFirst().ifPresent(this::fail);
        if (plan.trouble() == Trouble.NONE) assertComplete();
        else end();
        assertEquals("", engines.watched().inline(), "not left to a task");
    }

    private void assertComplete() {
        for (var each : both()) assertTrue(each.isHeard(), "octets that were lost, or it hangs");
        for (var each : both()) assertTrue(each.engine().isDone(), "not closed");
        assertFinished(plan.setting().client(), client.engine());
        assertFinished(plan.setting().server(), server.engine());
    }

    private List<Worker> both() {
        return List.of(client, server);
    }

    /**
     * Another handshake, other than new keys, is not begun while the other end may close; by the platform's engine no new
     * keys either, since one that has heard close_notify answers that wish with a fatal alert.
     */
    private Wish wish(boolean ofClient) {
        boolean early = plan.trouble() == Trouble.EARLY_CLOSE;
        boolean closes = early && plan.byClient() == ofClient;
        var own = ofClient ? plan.setting().client() : plan.setting().server();
        boolean renews = plan.setting().isTls13() && (!early || own == Stack.OURS);
        int renewals = renews ? plan.renewals() : 0;
        return new Wish(
                plan.seed() * 4 + (ofClient ? 1 : 2), renewals, closes ? plan.at() : Integer.MAX_VALUE, this::close);
    }

    /** An end that closes amid the handshake breaks it off. */
    private void close() {
        if (!both().stream().allMatch(each -> each.engine().isEstablished())) mayFail = true;
    }

    private void fail(Throwable first) {
        throw new AssertionError("in one of four threads: " + first, first);
    }

    private void assertFinished(Stack stack, LawfulEngine engine) {
        if (stack != Stack.OURS && plan.setting().isTls13()) return;
        int most = plan.setting().identifiesLate() ? 1 + plan.renewals() : 1;
        int times = engine.timesFinished();
        assertTrue(times >= 1 && times <= most, "said FINISHED " + times);
    }

    /** Whatever has gone wrong, both ends come to theirs. */
    private void end() {
        for (var each : both()) each.end();
        for (var each : both()) each.end();
        for (var each : both())
            assertTrue(each.engine().isDone(), "does not end: " + each.engine().status());
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
        } catch (SSLException failed) {
            if (!mayFail) stop(failed);
        } catch (RuntimeException | AssertionError failed) {
            stop(failed);
        } finally {
            bell.ring();
            bell.leave();
        }
    }

    private void stop(Throwable failed) {
        failures.add(failed);
        bell.end();
    }
}
