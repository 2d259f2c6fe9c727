//! Posts that fall vacant and are filled again, teams that start and end.

use super::agenda::{Event, EventKind};
use super::network::Network;
use super::service::{Provider, Team};
use super::time::Time;
use crate::random::{Process, exponential, uniform};

/// A post of a team that has vacancies or leavers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post {
    service: u16,
    team: u8,
    number: u32,
    filled: bool,
    changes: u32,
}

impl Post {
    /// Address of the post's draws: it does not depend on other services.
    fn address(&self) -> u32 {
        u32::from(self.service) << 22 | u32::from(self.team) << 14 | self.number & 0x3FFF
    }
}

impl<'a> Network<'a> {
    /// Teams that work from the start, and the dates of the others.
    pub(super) fn open_teams(&mut self) {
        for (service, spec) in self.plan.services().iter().enumerate() {
            let Provider::Teams(teams) = &spec.provider else {
                continue;
            };
            for (number, team) in teams.iter().enumerate() {
                let subject = (service << 8 | number) as u32;
                if team.starts == Time::ZERO {
                    self.start_team(subject);
                } else {
                    self.schedule(team.starts, EventKind::TeamStart, subject);
                }
                if team.ends != Time::NEVER {
                    self.schedule(team.ends, EventKind::TeamEnd, subject);
                }
            }
        }
    }

    /// A team starts: those in post come, the others are being recruited.
    pub(super) fn start_team(&mut self, subject: u32) {
        let (service, number) = (subject as usize >> 8, subject as usize & 0xFF);
        let team = self.team(service, number);
        let now = self.now;
        self.stations[service].rosters[number].hire(team.in_post, now, &team.calendar);
        if team.leaving_rate <= 0.0 && team.in_post == team.posts {
            return;
        }
        for post in 0..team.posts {
            self.posts.push(Post {
                service: service as u16,
                team: number as u8,
                number: post,
                filled: post < team.in_post,
                changes: 0,
            });
            self.schedule_post(self.posts.len() - 1);
        }
    }

    /// A team ends.
    pub(super) fn end_team(&mut self, subject: u32) {
        let (service, number) = (subject as usize >> 8, subject as usize & 0xFF);
        let calendar = &self.team(service, number).calendar;
        let now = self.now;
        self.stations[service].rosters[number].disband(now, calendar);
    }

    /// A post falls vacant, or somebody starts.
    pub(super) fn change_post(&mut self, subject: u32) {
        let Post {
            service,
            team: number,
            filled,
            ..
        } = self.posts[subject as usize];
        let (service, number) = (usize::from(service), usize::from(number));
        let team = self.team(service, number);
        let now = self.now;
        if now >= team.ends {
            return;
        }
        let roster = &mut self.stations[service].rosters[number];
        if filled {
            roster.leave(now, &team.calendar);
        } else {
            roster.hire(1, now, &team.calendar);
        }
        let post = &mut self.posts[subject as usize];
        post.filled = !filled;
        post.changes += 1;
        self.schedule_post(subject as usize);
        self.dispatch(service);
    }

    fn schedule_post(&mut self, place: usize) {
        let post = self.posts[place];
        let team = self.team(usize::from(post.service), usize::from(post.team));
        let weeks = if post.filled {
            self.weeks_until_leaving(&post, team)
        } else {
            Some(self.weeks_until_filled(&post, team))
        };
        if let Some(weeks) = weeks {
            let time = self.now + Time::from_weeks(weeks);
            self.schedule(time, EventKind::PostChange, place as u32);
        }
    }

    fn weeks_until_leaving(&self, post: &Post, team: &Team) -> Option<f64> {
        let word = self
            .luck
            .words(post.address(), Process::Post, post.changes << 8)[0];
        (team.leaving_rate > 0.0).then(|| exponential(word) / team.leaving_rate)
    }

    /// Recruitments one after another until one succeeds.
    fn weeks_until_filled(&self, post: &Post, team: &Team) -> f64 {
        let mut weeks = 0.0;
        for attempt in 0u32.. {
            let occurrence = post.changes << 8 | attempt & 0xFF;
            let words = self.luck.words(post.address(), Process::Post, occurrence);
            let stream = || {
                self.luck
                    .stream(post.address(), Process::PostAmount, occurrence)
            };
            weeks += team.weeks_to_hire.draw(words[0], stream);
            if uniform(words[1]) >= team.hiring_fails {
                break;
            }
        }
        weeks
    }

    /// A team of a service that has teams.
    pub(super) fn team(&self, service: usize, number: usize) -> &'a Team {
        match &self.plan.services()[service].provider {
            Provider::Teams(teams) => &teams[number],
            Provider::Panel(_) | Provider::Fund(_) => unreachable!("a server belongs to a team"),
        }
    }

    pub(super) fn schedule(&mut self, time: Time, kind: EventKind, subject: u32) {
        self.agenda.push(Event::new(time, kind, subject, 0));
    }
}
