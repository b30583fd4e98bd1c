package org.almosttls.agent.lab;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.almosttls.agent.lab.Setting.Lapse;

/**
 * One attack, and what is specified to become of it in each column.
 *
 * @param deed what Mallory does, in a sentence
 */
public record Scenario(String name, String title, String deed, Goal goal, Map<Column, Plan> plans) {

    Plan plan(Column column) {
        return plans.get(column);
    }

    public Expectation expected(Column column) {
        return plan(column).expected();
    }

    /** What the column's Bob and Alice speak; empty if there is nothing to run. */
    public String setting(Column column) {
        return plan(column).setting().map(Setting::words).orElse("");
    }

    @Override
    public String toString() {
        return name;
    }

    /** Puts a scenario together column by column. */
    static final class Draft {

        private final String name;
        private final String title;
        private final String deed;
        private final Goal goal;
        private final Attack attack;
        private final Map<Column, Plan> plans = new EnumMap<>(Column.class);

        Draft(String name, String title, String deed, Goal goal, Attack attack) {
            this.name = name;
            this.title = title;
            this.deed = deed;
            this.goal = goal;
            this.attack = attack;
        }

        Draft textbook(Expectation expected) {
            return plan(Column.TEXTBOOK, Setting.TEXTBOOK, attack, expected);
        }

        /** Where there is less to lay hands on. */
        Draft textbook(Attack other, Expectation expected) {
            return plan(Column.TEXTBOOK, Setting.TEXTBOOK, other, expected);
        }

        Draft weakened(Setting setting, Expectation expected) {
            return plan(Column.WEAKENED, setting, attack, expected);
        }

        /** The textbook has not got the mechanism anyway. */
        Draft nothingToSwitchOff(String mechanism) {
            return notWeakened("nothing to switch off: the whole textbook has " + mechanism);
        }

        Draft notWeakened(String reason) {
            plans.put(Column.WEAKENED, new Plan(Optional.empty(), attack, Expectation.notRun(reason)));
            return this;
        }

        Draft tls12(Expectation expected) {
            return plan(Column.TLS_1_2, Setting.TLS_1_2, attack, expected);
        }

        /** Where it takes another way to the same end. */
        Draft tls12(Attack other, Expectation expected) {
            return plan(Column.TLS_1_2, Setting.TLS_1_2, other, expected);
        }

        /** With something that is off unless it is asked for. */
        Draft tls12(Lapse lapse, String how, Expectation expected) {
            return plan(Column.TLS_1_2, Setting.TLS_1_2.with(lapse, how), attack, expected);
        }

        private Draft plan(Column column, Setting setting, Attack how, Expectation expected) {
            plans.put(column, new Plan(Optional.of(setting), how, expected));
            return this;
        }

        Scenario done() {
            return new Scenario(name, title, deed, goal, Map.copyOf(plans));
        }
    }
}
