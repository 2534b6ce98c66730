import type { Editor } from './editor';

/** Drags the Secondary Side Bar, where the knowledge panel is, to a width in pixels. */
export async function resizePanel(editor: Editor, width: number): Promise<void> {
  const { page } = editor;
  const box = await page.locator('.part.auxiliarybar').boundingBox();
  if (box === null) throw new Error('the Secondary Side Bar is not shown');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x - 2, y);
  await page.mouse.down();
  await page.mouse.move(box.x - 2 + (box.width - width) / 2, y, { steps: 5 });
  await page.mouse.move(box.x - 2 + (box.width - width), y, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(300);
}
